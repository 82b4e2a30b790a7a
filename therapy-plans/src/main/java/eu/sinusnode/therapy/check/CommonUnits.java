package eu.sinusnode.therapy.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.Pair;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;

/**
 * Values of one kind in one unit, by UCUM (unitsofmeasure.org). The library gives how many of the base units a unit is; its own
 * conversion rounds, so that 69,999 g are 70 kg.
 *
 * <p>UCUM takes a mole for a number of particles, so that {@code mmol/mol} would be thousandths. A haemoglobin A1c of 7 % is 53
 * mmol/mol (IFCC and NGSP, by a line that is not UCUM's), and not 70. So amounts of substance are told in each other's units alone.
 */
final class CommonUnits {

    /** More than any value has; what is lost in divisions stands behind. */
    private static final MathContext DIGITS = new MathContext(20, RoundingMode.HALF_EVEN);

    /** Annotations, and names that may have any letters in them. */
    private static final Pattern NAMES = Pattern.compile("\\{[^}]*}|\\[[^]]*]");
    /** The units that UCUM makes of moles. */
    private static final Pattern MOLES = Pattern.compile("mol|osm|eq|kat|U");

    private static final UcumService UCUM = read();

    /** One of a unit in base units. */
    private record Base(BigDecimal factor, String units) {}

    private CommonUnits() {}

    /**
     * @param from UCUM code
     * @param to UCUM code
     * @return empty when one of them is no UCUM code, is no multiple of base units (as {@code Cel}), one alone is of moles, or they
     *     measure different things
     */
    static Optional<BigDecimal> convert(BigDecimal value, String from, String to) {
        if (from.equals(to)) {
            return Optional.of(value);
        }
        if (isOfMoles(from) != isOfMoles(to)) {
            return Optional.empty();
        }
        return base(from).flatMap(of -> base(to).filter(in -> in.units().equals(of.units()))
                .map(in -> value.multiply(of.factor())
                        .divide(in.factor(), MathContext.DECIMAL128)
                        .round(DIGITS)));
    }

    private static boolean isOfMoles(String unit) {
        return MOLES.matcher(NAMES.matcher(unit).replaceAll("")).find();
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
