package eu.sinusnode.therapy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.therapy.progress.TargetProgress.Basis;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetJudgeTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final String MMHG = "\"unit\":\"mmHg\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mm[Hg]\"";

    private static GoalTargetComponent target(String detail) {
        String goal = "{\"resourceType\":\"Goal\",\"target\":[{%s}]}".formatted(detail.replace("UNIT", MMHG));
        return FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(Goal.class, goal)
                .getTargetFirstRep();
    }

    private static Measured daysAgo(long hours, double value) {
        return new Measured(NOW.minus(Duration.ofHours(hours)), value, "mm[Hg]", false);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"detailRange\":{\"low\":{\"value\":120,UNIT},\"high\":{\"value\":129,UNIT}} | 119.9 | false",
                "\"detailRange\":{\"low\":{\"value\":120,UNIT},\"high\":{\"value\":129,UNIT}} | 120   | true",
                "\"detailRange\":{\"low\":{\"value\":120,UNIT},\"high\":{\"value\":129,UNIT}} | 129   | true",
                "\"detailRange\":{\"low\":{\"value\":120,UNIT},\"high\":{\"value\":129,UNIT}} | 129.1 | false",
                "\"detailRange\":{\"high\":{\"value\":129,UNIT}}                              | 90    | true",
                "\"detailRange\":{\"low\":{\"value\":120,UNIT}}                               | 190   | true",
                "\"detailQuantity\":{\"value\":140,\"comparator\":\"<\",UNIT}                 | 140   | false",
                "\"detailQuantity\":{\"value\":140,\"comparator\":\"<\",UNIT}                 | 139.9 | true",
                "\"detailQuantity\":{\"value\":140,\"comparator\":\"<=\",UNIT}                | 140   | true",
                "\"detailQuantity\":{\"value\":140,\"comparator\":\">\",UNIT}                 | 140   | false",
                "\"detailQuantity\":{\"value\":140,\"comparator\":\">=\",UNIT}                | 140   | true",
                "\"detailQuantity\":{\"value\":140,UNIT}                                      | 140   | true",
                "\"detailQuantity\":{\"value\":140,UNIT}                                      | 141   | false",
            })
    void oneValueIsReachedOrNot(String detail, double value, boolean reached) {
        assertThat(TargetJudge.judge(target(detail), List.of(daysAgo(1, value)), NOW))
                .isEqualTo(new TargetProgress.Judged(
                        BigDecimal.valueOf(value).setScale(1), "mm[Hg]", Basis.MEAN, 1, reached));
    }

    @Test
    void theMeanOfSevenDaysCounts() {
        List<Measured> measured =
                List.of(daysAgo(7 * 24, 300), daysAgo(7 * 24 - 1, 120), daysAgo(1, 131.3), daysAgo(-1, 300));
        assertThat(TargetJudge.judge(
                        target("\"detailQuantity\":{\"value\":130,\"comparator\":\"<\",UNIT}"), measured, NOW))
                .isEqualTo(new TargetProgress.Judged(new BigDecimal("125.7"), "mm[Hg]", Basis.MEAN, 2, true));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no number       | \"detailString\":\"feel well\"                                           | 0  | mm[Hg]",
                "no UCUM         | \"detailQuantity\":{\"value\":140,\"unit\":\"mmHg\"}                       | 1  | mm[Hg]",
                "two units       | \"detailRange\":{\"low\":{\"value\":16,\"system\":\"http://unitsofmeasure.org\",\"code\":\"kPa\"},\"high\":{\"value\":129,UNIT}} | 1 | mm[Hg]",
                "old             | \"detailQuantity\":{\"value\":140,UNIT}                                  | 169| mm[Hg]",
                "another unit    | \"detailQuantity\":{\"value\":140,UNIT}                                  | 1  | kPa",
                "no unit         | \"detailQuantity\":{\"value\":140,UNIT}                                  | 1  | ",
            })
    void whatIsNotKnownIsNotComputable(String name, String detail, long hoursAgo, String unit) {
        Measured measured = new Measured(NOW.minus(Duration.ofHours(hoursAgo)), 140, unit == null ? "" : unit, false);
        assertThat(TargetJudge.judge(target(detail), List.of(measured), NOW))
                .isInstanceOf(TargetProgress.NotComputable.class);
    }

    @Test
    void aTargetAWeekIsASum() {
        String detail =
                "\"detailRange\":{\"low\":{\"value\":150,\"system\":\"http://unitsofmeasure.org\",\"code\":\"min/wk\"}}";
        List<Measured> walks = List.of(
                new Measured(NOW.minus(Duration.ofDays(8)), 60, "min", false),
                new Measured(NOW.minus(Duration.ofDays(5)), 80, "min", false),
                new Measured(NOW.minus(Duration.ofDays(1)), 70.5, "min", false));
        assertThat(TargetJudge.judge(target(detail), walks, NOW))
                .isEqualTo(new TargetProgress.Judged(new BigDecimal("150.5"), "min/wk", Basis.SUM, 2, true));
    }

    @Test
    void aLaboratorysNewestValueCountsForTwelveWeeks() {
        String detail =
                "\"detailQuantity\":{\"value\":1.4,\"comparator\":\"<\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mmol/L\"}";
        Measured older = new Measured(NOW.minus(Duration.ofDays(60)), 1.2, "mmol/L", true);
        Measured newer = new Measured(NOW.minus(Duration.ofDays(20)), 1.6, "mmol/L", true);
        assertThat(TargetJudge.judge(target(detail), List.of(newer, older), NOW))
                .isEqualTo(new TargetProgress.Judged(new BigDecimal("1.6"), "mmol/L", Basis.NEWEST, 1, false));
        Measured stale = new Measured(NOW.minus(Duration.ofDays(84)), 1.2, "mmol/L", true);
        assertThat(TargetJudge.judge(target(detail), List.of(stale), NOW))
                .isInstanceOf(TargetProgress.NotComputable.class);
    }

    @Test
    void nothingMeasuredIsNotComputable() {
        assertThat(TargetJudge.judge(target("\"detailQuantity\":{\"value\":140,UNIT}"), List.of(), NOW))
                .isInstanceOf(TargetProgress.NotComputable.class);
    }
}
