package eu.sinusnode.analysis.watch;

import eu.sinusnode.analysis.flag.FlagEvents;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.quality.Vitals;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/**
 * People who measure at home: everybody has a level of their own (between people 14 and 9 mm[Hg]) that days move (7 and
 * 5 mm[Hg]), as home pressures do.
 */
final class Population {

    private final int size;

    Population(int size) {
        this.size = size;
    }

    /** Four weeks of everybody up to an instant; in the last of them some of the cuffs tell too much. */
    ModelWatch week(List<RiskModel> models, Instant end, double bias, double shareOfCuffs, FlagEvents flags) {
        ModelWatch watch = new ModelWatch(models, end);
        for (int person = 0; person < size; person++) {
            PatientFeatures features =
                    PatientFeatures.of(person(person, end, person < shareOfCuffs * size ? bias : 0), end);
            watch.add(new WatchedPatient(
                    features,
                    models.stream().map(model -> model.score(features)).toList(),
                    flags));
        }
        return watch;
    }

    private static PatientReadings person(int number, Instant end, double bias) {
        Random own = new Random(number);
        double systolic = 126 + 14 * own.nextGaussian();
        double diastolic = 78 + 9 * own.nextGaussian();
        double weight = 80 + 12 * own.nextGaussian();
        Random days = new Random(31L * number + end.getEpochSecond());
        Vitals vitals = new Vitals().device(Codes.CUFF).setting(Codes.HOME);
        LocalDate last = end.atOffset(ZoneOffset.UTC).toLocalDate();
        for (int ago = 27; ago >= 0; ago--) {
            String at = last.minusDays(ago) + "T07:00:00Z";
            double more = ago < 7 ? bias : 0;
            vitals.pressure(
                    at,
                    Math.rint(systolic + 7 * days.nextGaussian() + more),
                    Math.rint(diastolic + 5 * days.nextGaussian() + more));
            vitals.add(Measurement.BODY_WEIGHT, at, weight + 0.6 * days.nextGaussian());
        }
        return vitals.of("person-" + number);
    }

    static Instant end(int week) {
        return Instant.parse("2026-09-07T00:00:00Z").plus(Duration.ofDays(7L * week));
    }
}
