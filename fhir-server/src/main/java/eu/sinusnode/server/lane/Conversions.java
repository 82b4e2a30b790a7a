package eu.sinusnode.server.lane;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Into the one unit that readings of a kind are kept in: from which UCUM units, and how. */
final class Conversions {

    /** What is subtracted, then what is multiplied with. */
    private record Step(BigDecimal zero, BigDecimal factor) {}

    private final String unit;
    private final Map<String, Step> steps = new HashMap<>();

    private Conversions(String unit) {
        this.unit = unit;
        steps.put(unit, new Step(BigDecimal.ZERO, BigDecimal.ONE));
    }

    static Conversions to(String unit) {
        return new Conversions(unit);
    }

    /** Events a minute; devices name the events in an annotation, which UCUM ignores. */
    static Conversions rate() {
        return to("/min").by("{beats}/min", "1").by("{Beats}/min", "1").by("{breaths}/min", "1");
    }

    Conversions by(String other, String factor) {
        steps.put(other, new Step(BigDecimal.ZERO, new BigDecimal(factor)));
        return this;
    }

    Conversions fahrenheit() {
        BigDecimal fiveNinths = BigDecimal.valueOf(5).divide(BigDecimal.valueOf(9), MathContext.DECIMAL64);
        steps.put("[degF]", new Step(BigDecimal.valueOf(32), fiveNinths));
        return this;
    }

    /** UCUM code of the unit that is converted to. */
    String unit() {
        return unit;
    }

    /** Empty when the UCUM unit is none of these. */
    Optional<BigDecimal> convert(BigDecimal value, String ucum) {
        return Optional.ofNullable(steps.get(ucum))
                .map(step -> value.subtract(step.zero()).multiply(step.factor()));
    }
}
