package eu.sinusnode.server.measurements;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Period period(String start, String end) {
        return new Period(Instant.parse(start), Instant.parse(end));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 2026-01-01T08:00:00Z, 100, PT5M",
        "2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z, 100, PT15M",
        "2026-01-01T00:00:00Z, 2026-01-31T00:00:00Z, 100, PT12H",
        "2026-01-01T00:00:00Z, 2026-01-31T00:00:00Z, 31, P1D",
        "2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 100, P1W",
        "2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 13, P1M",
        "2017-01-01T00:00:00Z, 2027-01-01T00:00:00Z, 12, P1Y"
    })
    void theShortestStepThatNeedsNoMoreBuckets(Instant start, Instant end, int points, String step) {
        CalendarStep chosen = CalendarStep.of(new Period(start, end), ZoneId.of("UTC"), points);

        assertThat(chosen.text()).isEqualTo(step);
        assertThat(chosen.edges(new Period(start, end), ZoneId.of("UTC")).size() - 1)
                .isLessThanOrEqualTo(points);
    }

    @Test
    void aDayOnWhichTheClocksChangeIsOneBucket() {
        List<Instant> edges = CalendarStep.DAY.edges(period("2026-03-27T23:00:00Z", "2026-03-30T22:00:00Z"), BERLIN);

        assertThat(edges)
                .containsExactly(
                        Instant.parse("2026-03-27T23:00:00Z"),
                        Instant.parse("2026-03-28T23:00:00Z"),
                        Instant.parse("2026-03-29T22:00:00Z"),
                        Instant.parse("2026-03-30T22:00:00Z"));
    }

    @Test
    void anHourThatTheClocksLeaveOutIsNoBucketAndOneThatComesTwiceIsOne() {
        List<Instant> spring = CalendarStep.HOUR.edges(period("2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z"), BERLIN);
        List<Instant> autumn = CalendarStep.HOUR.edges(period("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"), BERLIN);

        assertThat(spring)
                .containsExactly(
                        Instant.parse("2026-03-29T00:00:00Z"),
                        Instant.parse("2026-03-29T01:00:00Z"),
                        Instant.parse("2026-03-29T02:00:00Z"),
                        Instant.parse("2026-03-29T03:00:00Z"));
        assertThat(Duration.between(autumn.get(1), autumn.get(2))).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void aPeriodThatBeginsWithinABucketIsCut() {
        assertThat(CalendarStep.MONTH.edges(period("2026-01-15T12:00:00Z", "2026-03-02T00:00:00Z"), ZoneId.of("UTC")))
                .containsExactly(
                        Instant.parse("2026-01-15T12:00:00Z"),
                        Instant.parse("2026-02-01T00:00:00Z"),
                        Instant.parse("2026-03-01T00:00:00Z"),
                        Instant.parse("2026-03-02T00:00:00Z"));
    }

    @Test
    void everyMeasurementIsInOneBucketAndGapsStay() {
        Period period = period("2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z");
        Random random = new Random(11);
        List<Measurement> measured = IntStream.range(0, 200)
                .mapToObj(i -> period.start().plusSeconds(random.nextInt(364 * 86_400)))
                .sorted()
                .map(at -> new Measurement("o", at, 100 + random.nextInt(60)))
                .toList();
        List<Instant> edges = CalendarStep.DAY.edges(period, BERLIN);

        List<Trend.Bucket> buckets = Trend.of(measured, edges);

        assertThat(buckets).hasSize(edges.size() - 1);
        assertThat(buckets.stream().mapToInt(Trend.Bucket::count).sum()).isEqualTo(200);
        assertThat(buckets).anyMatch(Trend.Bucket::isGap);
        for (Trend.Bucket bucket : buckets) {
            double[] within = measured.stream()
                    .filter(each -> new Period(bucket.start(), bucket.end()).contains(each.at()))
                    .mapToDouble(Measurement::value)
                    .toArray();
            assertThat(bucket.count()).isEqualTo(within.length);
            if (!bucket.isGap()) {
                assertThat(bucket.minimum())
                        .isEqualTo(Arrays.stream(within).min().orElseThrow());
                assertThat(bucket.maximum())
                        .isEqualTo(Arrays.stream(within).max().orElseThrow());
                assertThat(bucket.mean())
                        .isEqualTo(Arrays.stream(within).average().orElseThrow());
            }
        }
    }
}
