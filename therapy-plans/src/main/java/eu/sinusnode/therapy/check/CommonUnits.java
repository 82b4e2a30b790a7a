package eu.sinusnode.therapy.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.Pair;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;

/**
 * Values of one kind in one unit, by UCUM (unitsofmeasure.org). The library gives how many of the base units a unit is; its own
 * conversion rounds, so that 69,999 g are 70 kg.
 */
final class CommonUnits {

    /** More than any value has; what is lost in divisions stands behind. */
    private static final MathContext DIGITS = new MathContext(20, RoundingMode.HALF_EVEN);

    private static final UcumService UCUM = read();

    /** One of a unit in base units. */
    private record Base(BigDecimal factor, String units) {}

    private CommonUnits() {}

    /**
     * @param from UCUM code
     * @param to UCUM code
     * @return empty when one of them is no UCUM code, is no multiple of base units (as {@code Cel}), or they measure different
     *     things
     */
    static Optional<BigDecimal> convert(BigDecimal value, String from, String to) {
        if (from.equals(to)) {
            return Optional.of(value);
        }
        return base(from).flatMap(of -> base(to).filter(in -> in.units().equals(of.units()))
                .map(in -> value.multiply(of.factor())
                        .divide(in.factor(), MathContext.DECIMAL128)
                        .round(DIGITS)));
    }

    private static Optional<Base> base(String unit) {
        try {
            if (UCUM.validate(unit) != null) {
                return Optional.empty();
            }
            Pair one = UCUM.getCanonicalForm(new Pair(new Decimal("1", DIGITS.getPrecision()), unit));
            return Optional.of(new Base(new BigDecimal(one.getValue().asDecimal()), one.getCode()));
        } catch (UcumException none) {
            return Optional.empty();
        }
    }

    private static UcumService read() {
        try (InputStream essence = UcumService.class.getResourceAsStream("/ucum-essence.xml")) {
            return new UcumEssenceService(Objects.requireNonNull(essence, "the UCUM library brings its units"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UcumException e) {
            throw new IllegalStateException("The units of UCUM cannot be read.", e);
        }
    }
}
