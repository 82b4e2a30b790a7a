package eu.sinusnode.therapy.progress;

import eu.sinusnode.therapy.progress.Measured.Source;
import eu.sinusnode.therapy.progress.TargetProgress.Basis;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Type;

/**
 * Judges one target of a Goal.
 *
 * <ul>
 *   <li>By the mean of the last {@link #DAYS} days: a single home pressure says little, and guidelines take the mean of three to seven
 *       days (ESC 2024, section 5.3.2).
 *   <li>A target a week ({@code min/wk}) by the sum of the last seven days, of values in that unit ({@code min}), with those that the
 *       patient reports; how much of the sum these are is told beside it.
 *   <li>What a laboratory measures by the newest of the last {@link #LABORATORY_DAYS} days: lipids are measured again 4 to 12 weeks after
 *       a change of treatment (ESC/EAS 2019, section 11).
 *   <li>In the target's unit, by {@link SameMeasure}; a value in a unit that is not told in that one makes it not computable.
 * </ul>
 *
 * The exact value is judged; it is rounded only where it is shown. When the target is due plays no part.
 */
public final class TargetJudge {

    /** How old a value may be. */
    public static final int DAYS = 7;

    /** How old a laboratory's value may be. */
    public static final int LABORATORY_DAYS = 84;

    private static final String UCUM = "http://unitsofmeasure.org";
    private static final String A_WEEK = "/wk";

    private TargetJudge() {}

    /** @param measured of the target's measure, of any time */
    public static TargetProgress judge(GoalTargetComponent target, List<Measured> measured, Instant now) {
        Optional<String> unit = unit(target.getDetail());
        if (unit.isEmpty()) {
            return new TargetProgress.NotComputable("The target is no number with a UCUM unit.");
        }
        boolean laboratory = measured.stream().anyMatch(each -> each.source() == Source.LABORATORY);
        int days = laboratory ? LABORATORY_DAYS : DAYS;
        List<Measured> recent = measured.stream()
                .filter(each -> each.at().isAfter(now.minus(Duration.ofDays(days)))
                        && !each.at().isAfter(now))
                .sorted(Comparator.comparing(Measured::at))
                .toList();
        if (recent.isEmpty()) {
            return new TargetProgress.NotComputable("Nothing was measured in the last %d days.".formatted(days));
        }
        List<Measured> telling = recent.stream()
                .filter(each -> SameMeasure.tells(each, unit.get()))
                .toList();
        if (telling.isEmpty()) {
            return new TargetProgress.NotComputable("Steps were counted over other times than days.");
        }
        boolean summed = telling.stream().allMatch(each -> unit.get().equals(each.unit() + A_WEEK));
        Basis basis = laboratory ? Basis.NEWEST : summed ? Basis.SUM : Basis.MEAN;
        List<Measured> counted = basis == Basis.NEWEST ? telling.subList(telling.size() - 1, telling.size()) : telling;
        List<BigDecimal> values = counted.stream()
                .flatMap(each ->
                        (basis == Basis.SUM ? Optional.of(each.value()) : SameMeasure.value(each, unit.get())).stream())
                .toList();
        if (values.size() < counted.size()) {
            return new TargetProgress.NotComputable("Values are in another unit than the target.");
        }
        BigDecimal value = value(values, basis);
        BigDecimal reported = counted.stream()
                .filter(each -> each.source() == Source.REPORTED)
                .map(Measured::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new TargetProgress.Judged(
                value, unit.get(), basis, values.size(), reported, reached(target.getDetail(), value));
    }

    /** Exact; a mean has 34 digits, so many that no limit with a few decimals lies between it and the exact one. */
    private static BigDecimal value(List<BigDecimal> values, Basis basis) {
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return basis == Basis.MEAN ? sum.divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128) : sum;
    }

    private static Optional<String> unit(Type detail) {
        if (detail instanceof Quantity quantity) {
            return quantity.hasValue() ? unit(quantity) : Optional.empty();
        }
        if (detail instanceof Range range) {
            Optional<String> low = range.getLow().hasValue() ? unit(range.getLow()) : Optional.empty();
            Optional<String> high = range.getHigh().hasValue() ? unit(range.getHigh()) : Optional.empty();
            boolean differ = low.isPresent() && high.isPresent() && !low.equals(high);
            return differ ? Optional.empty() : low.or(() -> high);
        }
        return Optional.empty();
    }

    private static Optional<String> unit(Quantity quantity) {
        return UCUM.equals(quantity.getSystem()) ? Optional.ofNullable(quantity.getCode()) : Optional.empty();
    }

    private static boolean reached(Type detail, BigDecimal value) {
        if (detail instanceof Range range) {
            return (!range.getLow().hasValue() || value.compareTo(range.getLow().getValue()) >= 0)
                    && (!range.getHigh().hasValue()
                            || value.compareTo(range.getHigh().getValue()) <= 0);
        }
        Quantity quantity = (Quantity) detail;
        int compared = value.compareTo(quantity.getValue());
        QuantityComparator comparator = quantity.getComparator();
        if (comparator == null || comparator == QuantityComparator.NULL) {
            return compared == 0;
        }
        return switch (comparator) {
            case LESS_THAN -> compared < 0;
            case LESS_OR_EQUAL -> compared <= 0;
            case GREATER_THAN -> compared > 0;
            case GREATER_OR_EQUAL -> compared >= 0;
            case NULL -> compared == 0;
        };
    }
}
