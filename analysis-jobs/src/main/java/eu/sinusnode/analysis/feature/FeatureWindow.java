package eu.sinusnode.analysis.feature;

import eu.sinusnode.analysis.quality.CheckedReadings;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One patient's readings of whole days, the patient's own days: the last is that of the run's instant, at the offset of the
 * newest reading. By when it was measured, never by when it arrived. Blood pressure is that of cuffs alone.
 *
 * @param days how many, the last one included
 */
public record FeatureWindow(LocalDate lastDay, int days, Map<Measurement, DailySeries> series) {

    /** @param asOf nothing later is looked at */
    public static FeatureWindow of(CheckedReadings checked, Instant asOf, int days) {
        List<VitalReading> usable = checked.usable();
        ZoneOffset offset = usable.isEmpty()
                ? ZoneOffset.UTC
                : usable.get(usable.size() - 1).effective().getOffset();
        LocalDate lastDay = OffsetDateTime.ofInstant(asOf, offset).toLocalDate();
        LocalDate before = lastDay.minusDays(days);
        Map<Measurement, List<Sample>> samples = new EnumMap<>(Measurement.class);
        for (VitalReading reading : usable) {
            LocalDate day = reading.effective().toLocalDate();
            boolean inside =
                    day.isAfter(before) && !reading.effective().toInstant().isAfter(asOf);
            if (inside && isMeasured(reading)) {
                samples.computeIfAbsent(Measurement.of(reading.code()).orElseThrow(), ignored -> new ArrayList<>())
                        .add(new Sample(reading.effective(), reading.value(), reading.reference()));
            }
        }
        Map<Measurement, DailySeries> series = new EnumMap<>(Measurement.class);
        samples.forEach((measurement, of) -> series.put(measurement, DailySeries.of(List.copyOf(of))));
        return new FeatureWindow(lastDay, days, series);
    }

    private static boolean isMeasured(VitalReading reading) {
        boolean pressure =
                reading.code().equals(Codes.SYSTOLIC) || reading.code().equals(Codes.DIASTOLIC);
        return !pressure || Codes.CUFF.equals(reading.device());
    }

    /** Empty when nothing was measured. */
    public DailySeries of(Measurement measurement) {
        DailySeries found = series.get(measurement);
        return found == null ? DailySeries.of(List.of()) : found;
    }

    LocalDate firstDay() {
        return lastDay.minusDays(days - 1L);
    }
}
