package eu.sinusnode.therapy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.therapy.progress.TargetProgress.Basis;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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

    private static Measured hoursAgo(long hours, String value) {
        return new Measured(NOW.minus(Duration.ofHours(hours)), new BigDecimal(value), "mm[Hg]", false);
    }

    private static Measured daysAgo(long days, String value, String unit, boolean laboratory) {
        return new Measured(NOW.minus(Duration.ofDays(days)), new BigDecimal(value), unit, laboratory);
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
                "\"detailRange\":{\"low\":{\"value\":120,UNIT},\"high\":{\"value\":129,UNIT}} | 129.04 | false",
                "\"detailRange\":{\"low\":{\"value\":120,UNIT},\"high\":{\"value\":129,UNIT}} | 119.96 | false",
                "\"detailQuantity\":{\"value\":129,\"comparator\":\"<=\",UNIT} | 129.1 | false",
                "\"detailQuantity\":{\"value\":130,\"comparator\":\"<\",UNIT} | 129.1 | true",
                "\"detailQuantity\":{\"value\":130,\"comparator\":\"<\",UNIT} | 129.96 | true",
                "\"detailQuantity\":{\"value\":130,\"comparator\":\"<\",UNIT} | 129.999999 | true",
                "\"detailQuantity\":{\"value\":130,\"comparator\":\">=\",UNIT} | 129.999999 | false",
                "\"detailQuantity\":{\"value\":130,UNIT} | 130.000001 | false",
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
    void oneValueIsReachedOrNot(String detail, String value, boolean reached) {
        assertThat(TargetJudge.judge(target(detail), List.of(hoursAgo(1, value)), NOW))
                .isEqualTo(new TargetProgress.Judged(new BigDecimal(value), "mm[Hg]", Basis.MEAN, 1, reached));
    }

    @Test
    void theMeanOfSevenDaysCounts() {
        List<Measured> measured =
                List.of(hoursAgo(7 * 24, "300"), hoursAgo(7 * 24 - 1, "120"), hoursAgo(1, "131.3"), hoursAgo(-1, "300"));
        assertThat(TargetJudge.judge(
                        target("\"detailQuantity\":{\"value\":130,\"comparator\":\"<\",UNIT}"), measured, NOW))
                .isEqualTo(new TargetProgress.Judged(new BigDecimal("125.65"), "mm[Hg]", Basis.MEAN, 2, true));
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
        Measured measured = new Measured(
                NOW.minus(Duration.ofHours(hoursAgo)), BigDecimal.valueOf(140), unit == null ? "" : unit, false);
        assertThat(TargetJudge.judge(target(detail), List.of(measured), NOW))
                .isInstanceOf(TargetProgress.NotComputable.class);
    }

    @Test
    void aTargetAWeekIsASum() {
        String detail =
                "\"detailRange\":{\"low\":{\"value\":150,\"system\":\"http://unitsofmeasure.org\",\"code\":\"min/wk\"}}";
        List<Measured> walks = List.of(
                daysAgo(8, "60", "min", false), daysAgo(5, "80", "min", false), daysAgo(1, "70.5", "min", false));
        assertThat(TargetJudge.judge(target(detail), walks, NOW))
                .isEqualTo(new TargetProgress.Judged(new BigDecimal("150.5"), "min/wk", Basis.SUM, 2, true));
    }

    @Test
    void aLaboratorysNewestValueCountsForTwelveWeeks() {
        String detail =
                "\"detailQuantity\":{\"value\":1.4,\"comparator\":\"<\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mmol/L\"}";
        Measured older = daysAgo(60, "1.2", "mmol/L", true);
        Measured newer = daysAgo(20, "1.6", "mmol/L", true);
        assertThat(TargetJudge.judge(target(detail), List.of(newer, older), NOW))
                .isEqualTo(new TargetProgress.Judged(new BigDecimal("1.6"), "mmol/L", Basis.NEWEST, 1, false));
        Measured stale = daysAgo(84, "1.2", "mmol/L", true);
        assertThat(TargetJudge.judge(target(detail), List.of(stale), NOW))
                .isInstanceOf(TargetProgress.NotComputable.class);
    }

    @ParameterizedTest(name = "LDL {0} below 1.4: {1}")
    @CsvSource({"1.37, true", "1.399, true", "1.4, false", "1.40, false", "1.401, false", "1.44, false"})
    void aLaboratorysValueIsJudgedAsItWasMeasured(String value, boolean reached) {
        String detail =
                "\"detailQuantity\":{\"value\":1.4,\"comparator\":\"<\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mmol/L\"}";
        assertThat(TargetJudge.judge(target(detail), List.of(daysAgo(20, value, "mmol/L", true)), NOW))
                .isEqualTo(new TargetProgress.Judged(new BigDecimal(value), "mmol/L", Basis.NEWEST, 1, reached));
    }

    /** 129.03 by the mean of 30 values, one of which is 130: a decimal would say 129.0. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"<=, 129, false", "<, 130, true", ">, 129, true", ">=, 129.04, false"})
    void aMeanIsNotRoundedBeforeItIsJudged(String comparator, String limit, boolean reached) {
        List<Measured> measured = new ArrayList<>(Collections.nCopies(29, hoursAgo(1, "129")));
        measured.add(hoursAgo(2, "130"));
        String detail = "\"detailQuantity\":{\"value\":%s,\"comparator\":\"%s\",UNIT}".formatted(limit, comparator);
        assertThat(TargetJudge.judge(target(detail), measured, NOW))
                .isInstanceOfSatisfying(TargetProgress.Judged.class, judged -> {
                    assertThat(judged.reached()).isEqualTo(reached);
                    assertThat(judged.shown()).isEqualTo(new BigDecimal("129.03"));
                });
    }

    @ParameterizedTest(name = "{0} is shown as {1}")
    @CsvSource({
        "1.37, 1.37",
        "1.4, 1.4",
        "1.40, 1.4",
        "126, 126.0",
        "120, 120.0",
        "0, 0.0",
        "125.65, 125.65",
        "129.0333333, 129.03",
        "129.005, 129.01",
        "1.999, 2.0",
    })
    void twoDecimalsAreShownAtMost(String value, String shown) {
        assertThat(new TargetProgress.Judged(new BigDecimal(value), "mmol/L", Basis.NEWEST, 1, true).shown())
                .isEqualTo(new BigDecimal(shown));
    }

    @Test
    void nothingMeasuredIsNotComputable() {
        assertThat(TargetJudge.judge(target("\"detailQuantity\":{\"value\":140,UNIT}"), List.of(), NOW))
                .isInstanceOf(TargetProgress.NotComputable.class);
    }
}
