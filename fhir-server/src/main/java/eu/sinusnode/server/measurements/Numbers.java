package eu.sinusnode.server.measurements;

import java.math.BigDecimal;
import java.math.MathContext;

/** Computed numbers as decimals of FHIR. */
final class Numbers {

    private static final MathContext DIGITS = new MathContext(10);

    private Numbers() {}

    /** To ten digits, more than any measurement has, without the noise of binary fractions. */
    static BigDecimal rounded(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
