package eu.sinusnode.analysis.training.simulation;

import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.profiles.Codes;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What was measured of one simulated patient at home, as a server gives it: a run could read it. */
final class SimulatedReadings {

    private static final OffsetDateTime BEGIN = OffsetDateTime.of(2025, 1, 1, 7, 0, 0, 0, ZoneOffset.UTC);

    private final List<VitalReading> readings = new ArrayList<>();

    /** In the unit of the measurement. */
    void add(Measurement measurement, int day, double value) {
        add("%s-%d".formatted(measurement.name(), day), measurement, day, value);
    }

    /** By a cuff. */
    void pressure(int day, double systolic, double diastolic) {
        add("pressure-" + day, Measurement.SYSTOLIC, day, systolic);
        add("pressure-" + day, Measurement.DIASTOLIC, day, diastolic);
    }

    private void add(String observation, Measurement measurement, int day, double value) {
        readings.add(new VitalReading(
                observation,
                "1",
                measurement.code(),
                BEGIN.plusDays(day),
                value,
                measurement.unit(),
                "final",
                Codes.CUFF,
                Codes.HOME));
    }

    List<VitalReading> list() {
        return List.copyOf(readings);
    }

    /** As of midnight before that day. */
    PatientFeatures before(int day) {
        return PatientFeatures.of(
                new PatientReadings(
                        "simulated", List.of(), readings.size(), readings, List.of(), List.of(), PatientFacts.NONE),
                BEGIN.plusDays(day).withHour(0).minusSeconds(1).toInstant());
    }
}
