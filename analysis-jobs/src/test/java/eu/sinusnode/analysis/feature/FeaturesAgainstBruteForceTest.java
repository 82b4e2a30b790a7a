package eu.sinusnode.analysis.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eu.sinusnode.analysis.quality.CheckedReadings;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.VitalReading;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Each feature against a computation of its own, straight from the definition and without the code under test. */
class FeaturesAgainstBruteForceTest {

    private static final Instant AS_OF = Instant.parse("2026-11-20T22:30:00Z");
    private static final int DAYS = 14;
    /** 23:30 on the 20th in UTC+1. */
    private static final LocalDate LAST = LocalDate.of(2026, 11, 20);

    @Provide
    Arbitrary<List<VitalReading>> readings() {
        Arbitrary<VitalReading> reading = Combinators.combine(
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(3, Arbitraries.just(Measurement.HEART_RATE)),
                                net.jqwik.api.Tuple.of(2, Arbitraries.just(Measurement.RESTING_HEART_RATE)),
                                net.jqwik.api.Tuple.of(2, Arbitraries.just(Measurement.BODY_WEIGHT)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(Measurement.SYSTOLIC))),
                        Arbitraries.integers().between(0, 20 * 24 * 60),
                        Arbitraries.integers().between(600, 1400))
                .as((what, minutes, tenths) -> new VitalReading(
                        what + "-" + minutes,
                        "1",
                        what.code(),
                        AS_OF.minusSeconds(60L * minutes).atOffset(ZoneOffset.ofHours(1)),
                        tenths / 10.0,
                        what.unit(),
                        "final",
                        "cuff",
                        null));
        return reading.list().ofMinSize(20).ofMaxSize(300).map(list -> {
            List<VitalReading> sorted = new ArrayList<>(list);
            sorted.sort((one, other) -> one.effective().compareTo(other.effective()));
            return sorted;
        });
    }

    /** The values of the window, each with its minute, in order of time. */
    private static List<VitalReading> inside(List<VitalReading> readings, Measurement what) {
        return readings.stream()
                .filter(reading -> reading.code().equals(what.code()))
                .filter(reading -> {
                    long ago = LAST.toEpochDay()
                            - reading.effective().toLocalDate().toEpochDay();
                    return ago >= 0 && ago < DAYS;
                })
                .toList();
    }

    private static List<Double> dayMeans(List<VitalReading> inside, List<Long> days) {
        List<Double> means = new ArrayList<>();
        for (long ago = DAYS - 1; ago >= 0; ago--) {
            LocalDate day = LAST.minusDays(ago);
            double sum = 0;
            int count = 0;
            for (VitalReading one : inside) {
                if (one.effective().toLocalDate().equals(day)) {
                    sum += one.value();
                    count++;
                }
            }
            if (count > 0) {
                means.add(sum / count);
                days.add(DAYS - 1 - ago);
            }
        }
        return means;
    }

    @Property(tries = 300)
    void statisticsOfDays(@ForAll("readings") List<VitalReading> readings) {
        for (Measurement what : List.of(Measurement.HEART_RATE, Measurement.BODY_WEIGHT, Measurement.SYSTOLIC)) {
            List<Long> days = new ArrayList<>();
            List<Double> means = dayMeans(inside(readings, what), days);
            int n = means.size();
            String prefix = what == Measurement.HEART_RATE
                    ? "heart-rate-"
                    : what == Measurement.BODY_WEIGHT ? "body-weight-" : "systolic-";
            double sum = 0;
            for (double mean : means) {
                sum += mean;
            }
            expect(readings, prefix + "mean", n >= 3, sum / n);
            expect(readings, prefix + "median", n >= 3, middle(means));
            double squares = 0;
            double steps = 0;
            List<Double> slopes = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                squares += Math.pow(means.get(i) - sum / n, 2);
                if (i > 0) {
                    steps += Math.abs(means.get(i) - means.get(i - 1));
                }
                for (int j = 0; j < i; j++) {
                    slopes.add((means.get(i) - means.get(j)) / ((days.get(i) - days.get(j)) / 7.0));
                }
            }
            double sd = Math.sqrt(squares / (n - 1));
            expect(readings, prefix + "sd", n >= 5, sd);
            expect(readings, prefix + "cv", n >= 5, sd / (sum / n) * 100);
            expect(readings, prefix + "arv", n >= 5, steps / (n - 1));
            expect(readings, prefix + "slope", n >= 7, middle(slopes));
            expect(readings, prefix + "measured-share", true, n * 100.0 / DAYS);
            boolean[] measured = new boolean[DAYS];
            days.forEach(day -> measured[day.intValue()] = true);
            int longest = 0;
            for (int from = 0; from < DAYS; from++) {
                int to = from;
                while (to < DAYS && !measured[to]) {
                    to++;
                }
                longest = Math.max(longest, to - from);
            }
            expect(readings, prefix + "longest-gap", true, longest);
        }
    }

    @Property(tries = 300)
    void fallAtNight(@ForAll("readings") List<VitalReading> readings) {
        double day = 0;
        double night = 0;
        int byDay = 0;
        int byNight = 0;
        for (VitalReading one : inside(readings, Measurement.HEART_RATE)) {
            int minute = one.effective().getHour() * 60 + one.effective().getMinute();
            if (minute >= 540 && minute < 1260) {
                day += one.value();
                byDay++;
            } else if (minute >= 60 && minute < 360) {
                night += one.value();
                byNight++;
            }
        }
        expect(
                readings,
                "heart-rate-night-dip",
                byDay >= 20 && byNight >= 7,
                (1 - night / byNight / (day / byDay)) * 100);
    }

    @Property(tries = 300)
    void weightGained(@ForAll("readings") List<VitalReading> readings) {
        List<VitalReading> weights = inside(readings, Measurement.BODY_WEIGHT);
        for (int days : List.of(3, 7)) {
            if (weights.isEmpty()) {
                expect(readings, "body-weight-gain-" + days + "d", false, 0);
                continue;
            }
            VitalReading latest = weights.get(weights.size() - 1);
            double lowest = latest.value();
            boolean another = false;
            for (VitalReading one : weights) {
                long seconds =
                        latest.effective().toEpochSecond() - one.effective().toEpochSecond();
                if (seconds <= days * 86_400L) {
                    lowest = Math.min(lowest, one.value());
                    another |= !one.effective()
                            .toLocalDate()
                            .equals(latest.effective().toLocalDate());
                }
            }
            expect(readings, "body-weight-gain-" + days + "d", another, latest.value() - lowest);
        }
    }

    @Property(tries = 300)
    void heartRateResponse(@ForAll("readings") List<VitalReading> readings) {
        List<Double> responses = new ArrayList<>();
        for (long ago = 0; ago < DAYS; ago++) {
            LocalDate day = LAST.minusDays(ago);
            List<Double> rates = new ArrayList<>();
            for (VitalReading one : inside(readings, Measurement.HEART_RATE)) {
                if (one.effective().toLocalDate().equals(day)) {
                    rates.add(one.value());
                }
            }
            List<Double> resting = new ArrayList<>();
            for (VitalReading one : inside(readings, Measurement.RESTING_HEART_RATE)) {
                if (one.effective().toLocalDate().equals(day)) {
                    resting.add(one.value());
                }
            }
            if (rates.size() >= 10 && !resting.isEmpty()) {
                rates.sort(Collections.reverseOrder());
                double sum = 0;
                for (double rate : resting) {
                    sum += rate;
                }
                responses.add(rates.get(1) - sum / resting.size());
            }
        }
        expect(readings, "heart-rate-response", responses.size() >= 3, middle(responses));
    }

    private static double middle(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static void expect(List<VitalReading> readings, String column, boolean computable, double expected) {
        Optional<VitalFeature> feature = VitalFeature.ALL.stream()
                .filter(one -> one.column().equals(column))
                .findFirst();
        assertThat(feature).as(column).isPresent();
        FeatureWindow window = FeatureWindow.of(new CheckedReadings(readings, List.of()), AS_OF, DAYS);
        FeatureValue value = feature.get().of(window);
        if (computable) {
            assertThat(value).as(column).isInstanceOfSatisfying(FeatureValue.Computed.class, computed -> assertThat(
                            computed.value())
                    .as(column)
                    .isCloseTo(expected, within(1e-9)));
        } else {
            assertThat(value).as(column).isInstanceOf(FeatureValue.NotComputable.class);
        }
    }
}
