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
        return measured(Duration.ofHours(hours), "8480-6", value, "mm[Hg]", Duration.ZERO, false);
    }

    private static Measured daysAgo(long days, String value, String unit, boolean laboratory) {
        return measured(
                Duration.ofDays(days), laboratory ? "22748-8" : "55411-3", value, unit, Duration.ZERO, laboratory);
    }

    private static Measured measured(
            Duration ago, String code, String value, String unit, Duration span, boolean laboratory) {
        return new Measured(
                NOW.minus(ago),
                code,
                new BigDecimal(value),
                unit,
                span,
                laboratory ? Measured.Source.LABORATORY : Measured.Source.RECORDED);
    }

    private static GoalTargetComponent below(String limit, String unit) {
        return target(
                "\"detailQuantity\":{\"value\":%s,\"comparator\":\"<\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"%s\"}"
                        .formatted(limit, unit));
    }

    private static TargetProgress ldl(String code, String value, String unit, String limit, String limitUnit) {
        return TargetJudge.judge(
                below(limit, limitUnit),
                List.of(measured(Duration.ofDays(20), code, value, unit, Duration.ZERO, true)),
                NOW);
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
                .isEqualTo(new TargetProgress.Judged(
                        new BigDecimal(value), "mm[Hg]", Basis.MEAN, 1, BigDecimal.ZERO, reached));
    }

    @Test
    void theMeanOfSevenDaysCounts() {
        List<Measured> measured = List.of(
                hoursAgo(7 * 24, "300"), hoursAgo(7 * 24 - 1, "120"), hoursAgo(1, "131.3"), hoursAgo(-1, "300"));
        assertThat(TargetJudge.judge(
                        target("\"detailQuantity\":{\"value\":130,\"comparator\":\"<\",UNIT}"), measured, NOW))
                .isEqualTo(new TargetProgress.Judged(
                        new BigDecimal("125.65"), "mm[Hg]", Basis.MEAN, 2, BigDecimal.ZERO, true));
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
        Measured measured =
                measured(Duration.ofHours(hoursAgo), "8480-6", "140", unit == null ? "" : unit, Duration.ZERO, false);
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
                .isEqualTo(new TargetProgress.Judged(
                        new BigDecimal("150.5"), "min/wk", Basis.SUM, 2, BigDecimal.ZERO, true));
    }

    @Test
    void aLaboratorysNewestValueCountsForTwelveWeeks() {
        String detail =
                "\"detailQuantity\":{\"value\":1.4,\"comparator\":\"<\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"mmol/L\"}";
        Measured older = daysAgo(60, "1.2", "mmol/L", true);
        Measured newer = daysAgo(20, "1.6", "mmol/L", true);
        assertThat(TargetJudge.judge(target(detail), List.of(newer, older), NOW))
                .isEqualTo(new TargetProgress.Judged(
                        new BigDecimal("1.6"), "mmol/L", Basis.NEWEST, 1, BigDecimal.ZERO, false));
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
                .isEqualTo(new TargetProgress.Judged(
                        new BigDecimal(value), "mmol/L", Basis.NEWEST, 1, BigDecimal.ZERO, reached));
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
        assertThat(new TargetProgress.Judged(new BigDecimal(value), "mmol/L", Basis.NEWEST, 1, BigDecimal.ZERO, true)
                        .shown())
                .isEqualTo(new BigDecimal(shown));
    }

    /** 55 mg/dL is 1.42 mmol/L, and 54.138 mg/dL is 1.4 mmol/L: by 38.67 mg/dL. */
    @ParameterizedTest(name = "{0}: {1} {2} below {3} {4} is {6}, reached {5}")
    @CsvSource({
        "22748-8, 1.39,   mmol/L, 1.4, mmol/L, true,  1.39",
        "39469-2, 1.39,   mmol/L, 1.4, mmol/L, true,  1.39",
        "13457-7, 54,     mg/dL,  1.4, mmol/L, true,  1.4",
        "18262-6, 54,     mg/dL,  1.4, mmol/L, true,  1.4",
        "2089-1,  54,     mg/dL,  1.4, mmol/L, true,  1.4",
        "2089-1,  54.138, mg/dL,  1.4, mmol/L, false, 1.4",
        "2089-1,  54.137, mg/dL,  1.4, mmol/L, true,  1.4",
        "13457-7, 55,     mg/dL,  1.4, mmol/L, false, 1.42",
        "13457-7, 130,    mg/dL,  1.4, mmol/L, false, 3.36",
        "22748-8, 1.4,    mmol/L, 55,  mg/dL,  true,  54.14",
        "22748-8, 1.5,    mmol/L, 55,  mg/dL,  false, 58.01",
        "2089-1,  54,     mg/dL,  55,  mg/dL,  true,  54.0",
    })
    void ldlCholesterolIsToldInTheTargetsUnit(
            String code, String value, String unit, String limit, String limitUnit, boolean reached, String shown) {
        assertThat(ldl(code, value, unit, limit, limitUnit))
                .isInstanceOfSatisfying(TargetProgress.Judged.class, judged -> {
                    assertThat(judged.reached()).isEqualTo(reached);
                    assertThat(judged.shown()).isEqualTo(new BigDecimal(shown));
                    assertThat(judged.unit()).isEqualTo(limitUnit);
                    assertThat(judged.basis()).isEqualTo(Basis.NEWEST);
                });
    }

    @ParameterizedTest(name = "{0} in {1} for {2}")
    @CsvSource({
        "22748-8, mg/dL,  mmol/L",
        "39469-2, mg/dL,  mmol/L",
        "13457-7, mmol/L, mmol/L",
        "2089-1,  g/L,    mmol/L",
        "2089-1,  '',     mmol/L",
        "2089-1,  mg/dL,  g/L",
        "22748-8, mmol/L, umol/L",
    })
    void anLdlInAUnitThatItsCodeDoesNotHaveIsNotComputable(String code, String unit, String limitUnit) {
        assertThat(ldl(code, "54", unit, "1.4", limitUnit))
                .isEqualTo(new TargetProgress.NotComputable("Values are in another unit than the target."));
    }

    @Test
    void theNewestOfBothWaysToTellAnLdlCounts() {
        Measured older = measured(Duration.ofDays(40), "22748-8", "1.2", "mmol/L", Duration.ZERO, true);
        Measured newer = measured(Duration.ofDays(10), "2089-1", "70", "mg/dL", Duration.ZERO, true);
        Measured wrong = measured(Duration.ofDays(5), "2089-1", "1.2", "mmol/L", Duration.ZERO, true);
        assertThat(TargetJudge.judge(below("1.4", "mmol/L"), List.of(newer, older), NOW))
                .isInstanceOfSatisfying(TargetProgress.Judged.class, judged -> {
                    assertThat(judged.reached()).isFalse();
                    assertThat(judged.shown()).isEqualTo(new BigDecimal("1.81"));
                });
        assertThat(TargetJudge.judge(below("1.4", "mmol/L"), List.of(newer, older, wrong), NOW))
                .as("an older value says nothing of today")
                .isInstanceOf(TargetProgress.NotComputable.class);
    }

    private static TargetProgress steps(Measured... counts) {
        return TargetJudge.judge(
                target(
                        "\"detailRange\":{\"low\":{\"value\":7000,\"system\":\"http://unitsofmeasure.org\",\"code\":\"{steps}/(24.h)\"}}"),
                List.of(counts),
                NOW);
    }

    private static Measured count(String code, String value, String unit, Duration span) {
        return measured(Duration.ofDays(2), code, value, unit, span, false);
    }

    @ParameterizedTest(name = "{0} {1} over {2} is of a day")
    @CsvSource({
        "41950-7, {steps}/(24.h), PT24H",
        "41950-7, 1/(24.h),       PT24H",
        "41950-7, /d,             PT0S",
        "55423-8, {steps},        PT24H",
        "55423-8, 1,              PT24H",
        "55423-8, {steps},        PT23H59M59S",
        "55423-8, {steps},        PT23H",
        "55423-8, {steps},        PT22H59M59S",
        "55423-8, {steps},        PT25H",
    })
    void bothCodesTellStepsOfADay(String code, String unit, Duration span) {
        assertThat(steps(count(code, "7000", unit, span)))
                .isEqualTo(new TargetProgress.Judged(
                        new BigDecimal("7000"), "{steps}/(24.h)", Basis.MEAN, 1, BigDecimal.ZERO, true));
        assertThat(steps(count(code, "6999", unit, span)))
                .isEqualTo(new TargetProgress.Judged(
                        new BigDecimal("6999"), "{steps}/(24.h)", Basis.MEAN, 1, BigDecimal.ZERO, false));
    }

    @ParameterizedTest(name = "{0} {1} over {2} is not of a day")
    @CsvSource({
        "55423-8, {steps},        PT0S",
        "55423-8, {steps},        PT1H",
        "55423-8, {steps},        PT22H",
        "55423-8, {steps},        PT25H1S",
        "55423-8, {steps},        PT168H",
        "55423-8, {steps}/(24.h), PT24H",
        "41950-7, {steps},        PT24H",
        "41950-7, '',             PT24H",
    })
    void whatWasCountedOtherwiseIsNotComputable(String code, String unit, Duration span) {
        assertThat(steps(count(code, "9000", unit, span))).isInstanceOf(TargetProgress.NotComputable.class);
    }

    @Test
    void countsOfHoursChangeNothingOfThoseOfDays() {
        assertThat(steps(
                        count("55423-8", "300", "{steps}", Duration.ofHours(1)),
                        count("55423-8", "8000", "{steps}", Duration.ofHours(24)),
                        count("41950-7", "7000", "/d", Duration.ofHours(24))))
                .isEqualTo(new TargetProgress.Judged(
                        new BigDecimal("7500"), "{steps}/(24.h)", Basis.MEAN, 2, BigDecimal.ZERO, true));
    }

    @Test
    void whatThePatientReportsIsInASumAndToldBesideIt() {
        Measured reported = new Measured(
                NOW.minus(Duration.ofDays(2)),
                "55411-3",
                new BigDecimal("90"),
                "min",
                Duration.ZERO,
                Measured.Source.REPORTED);
        GoalTargetComponent target = target(
                "\"detailRange\":{\"low\":{\"value\":150,\"system\":\"http://unitsofmeasure.org\",\"code\":\"min/wk\"}}");
        assertThat(TargetJudge.judge(target, List.of(daysAgo(1, "60", "min", false), reported), NOW))
                .isEqualTo(new TargetProgress.Judged(
                        new BigDecimal("150"), "min/wk", Basis.SUM, 2, new BigDecimal("90"), true));
        assertThat(TargetJudge.judge(target, List.of(reported), NOW))
                .isEqualTo(new TargetProgress.Judged(
                        new BigDecimal("90"), "min/wk", Basis.SUM, 1, new BigDecimal("90"), false));
    }

    @Test
    void nothingMeasuredIsNotComputable() {
        assertThat(TargetJudge.judge(target("\"detailQuantity\":{\"value\":140,UNIT}"), List.of(), NOW))
                .isInstanceOf(TargetProgress.NotComputable.class);
    }
}
