package eu.sinusnode.therapy.check;

import eu.sinusnode.therapy.progress.SameMeasure;
import java.math.BigDecimal;
import java.util.Optional;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The values by which a target is reached, in its unit.
 *
 * @param unit UCUM code
 * @param low null: no lower bound
 * @param high null: no upper bound
 */
record TargetValues(
        String unit,
        @Nullable BigDecimal low,
        boolean lowIn,
        @Nullable BigDecimal high,
        boolean highIn) {

    /** Empty when the detail is no number with the code of a unit. */
    static Optional<TargetValues> of(@Nullable Type detail) {
        if (detail instanceof Range range) {
            return range(range);
        }
        return detail instanceof Quantity quantity && quantity.hasValue() && quantity.hasCode()
                ? Optional.ofNullable(quantity(quantity))
                : Optional.empty();
    }

    /**
     * @param loinc code of what the other one measures
     * @return false when they measure different things, or are no units of UCUM: nobody can say
     */
    boolean excludes(TargetValues other, String loinc) {
        return other.in(unit, loinc).filter(its -> !meets(its)).isPresent();
    }

    private Optional<TargetValues> in(String asked, String loinc) {
        Optional<BigDecimal> lower = Optional.ofNullable(low).flatMap(value -> convert(value, asked, loinc));
        Optional<BigDecimal> upper = Optional.ofNullable(high).flatMap(value -> convert(value, asked, loinc));
        return lower.isPresent() == (low != null) && upper.isPresent() == (high != null)
                ? Optional.of(new TargetValues(asked, lower.orElse(null), lowIn, upper.orElse(null), highIn))
                : Optional.empty();
    }

    private Optional<BigDecimal> convert(BigDecimal value, String asked, String loinc) {
        return SameMeasure.convert(loinc, value, unit, asked).or(() -> CommonUnits.convert(value, unit, asked));
    }

    private boolean meets(TargetValues other) {
        return reaches(high, highIn, other.low, other.lowIn) && reaches(other.high, other.highIn, low, lowIn);
    }

    private static boolean reaches(@Nullable BigDecimal high, boolean highIn, @Nullable BigDecimal low, boolean lowIn) {
        if (high == null || low == null) {
            return true;
        }
        int compared = high.compareTo(low);
        return compared > 0 || compared == 0 && highIn && lowIn;
    }

    /** In the unit of its lower end, or of its upper end if it has no lower one. */
    private static Optional<TargetValues> range(Range range) {
        Quantity first = range.hasLow() ? range.getLow() : range.getHigh();
        if (!first.hasCode()) {
            return Optional.empty();
        }
        String unit = first.getCode();
        BigDecimal high = range.getHigh().getValue();
        if (high == null) {
            return Optional.of(new TargetValues(unit, range.getLow().getValue(), true, null, true));
        }
        String unitOfHigh = range.getHigh().hasCode() ? range.getHigh().getCode() : unit;
        return CommonUnits.convert(high, unitOfHigh, unit)
                .map(converted -> new TargetValues(unit, range.getLow().getValue(), true, converted, true));
    }

    private static @Nullable TargetValues quantity(Quantity quantity) {
        String unit = quantity.getCode();
        BigDecimal value = quantity.getValue();
        if (!quantity.hasComparator()) {
            return new TargetValues(unit, value, true, value, true);
        }
        return switch (quantity.getComparator()) {
            case LESS_THAN -> new TargetValues(unit, null, false, value, false);
            case LESS_OR_EQUAL -> new TargetValues(unit, null, false, value, true);
            case GREATER_THAN -> new TargetValues(unit, value, false, null, false);
            case GREATER_OR_EQUAL -> new TargetValues(unit, value, true, null, false);
            default -> null;
        };
    }
}
