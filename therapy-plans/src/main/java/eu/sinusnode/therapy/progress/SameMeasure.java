package eu.sinusnode.therapy.progress;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.LaboratoryCodes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * LOINC codes that tell the same, and how a value of one is told in the unit of another. A unit that a code is not measured in is not
 * converted.
 *
 * <ul>
 *   <li>LDL cholesterol: as amount of substance in mmol/L (22748-8, 39469-2), as mass in mg/dL (13457-7, 18262-6, 2089-1). 1 mmol/L is 38.67
 *       mg/dL, by the molar mass of cholesterol, 386.65 g/mol.
 *   <li>Steps a day: 41950-7, over 24 hours; and 55423-8, over the stated period, when that is a day, whose count is the same. Of a day on
 *       which clocks change it has 23 or 25 hours. What was counted over another period tells nothing of a day.
 *   <li>Minutes of training: 55411-3, also as a component of a training (73985-4).
 *   <li>Systolic and diastolic pressure: as components of the panel (85354-9).
 * </ul>
 */
public final class SameMeasure {

    private static final BigDecimal MG_DL_OF_A_MMOL_L = new BigDecimal("38.67");
    private static final String MMOL_L = "mmol/L";
    private static final String MG_DL = "mg/dL";

    /** LDL cholesterol by mass, whatever the method. */
    private static final String LDL_MASS = "2089-1";

    private static final List<String> LDL = List.of(
            LaboratoryCodes.LDL_CHOLESTEROL,
            LaboratoryCodes.LDL_CHOLESTEROL_CALCULATED,
            LaboratoryCodes.LDL_CHOLESTEROL_MASS_CALCULATED,
            LaboratoryCodes.LDL_CHOLESTEROL_MASS,
            LDL_MASS);
    private static final Set<String> LDL_BY_MASS =
            Set.of(LaboratoryCodes.LDL_CHOLESTEROL_MASS_CALCULATED, LaboratoryCodes.LDL_CHOLESTEROL_MASS, LDL_MASS);

    private static final List<String> STEPS_A_DAY = List.of(Codes.STEPS_A_DAY, Codes.STEPS);
    private static final Set<String> A_DAY = Set.of("{steps}/(24.h)", "1/(24.h)", "{steps}/d", "/d");
    private static final Set<String> COUNTS = Set.of("{steps}", "1");
    /** The day on which clocks go forward, when its last minute is not counted. */
    private static final Duration SHORTEST_DAY = Duration.ofHours(23).minusMinutes(1);

    private static final Duration LONGEST_DAY = Duration.ofHours(25);

    /** Observations that carry a code as a component, beside those that have it themselves. */
    private static final Map<String, List<String>> CARRIED_BY = Map.of(
            Codes.SYSTOLIC, List.of(Codes.BLOOD_PRESSURE_PANEL),
            Codes.DIASTOLIC, List.of(Codes.BLOOD_PRESSURE_PANEL),
            Codes.EXERCISE_DURATION, List.of(Codes.EXERCISE_DURATION, Codes.EXERCISE_ACTIVITY));

    private SameMeasure() {}

    /** The codes that tell the same as this one, itself among them. */
    public static List<String> codes(String loinc) {
        return LDL.contains(loinc) ? LDL : STEPS_A_DAY.get(0).equals(loinc) ? STEPS_A_DAY : List.of(loinc);
    }

    /** The codes of the Observations in which values of the measure are found. */
    public static List<String> searchedBy(String loinc) {
        return codes(loinc).stream()
                .flatMap(code -> CARRIED_BY.getOrDefault(code, List.of(code)).stream())
                .toList();
    }

    /** Whether a laboratory measures it, also when a record does not say so. */
    public static boolean isLaboratory(String loinc) {
        return LaboratoryCodes.ALL.contains(loinc) || LDL_MASS.equals(loinc);
    }

    /** Whether a value of a target in such a unit can be made of it at all. */
    static boolean tells(Measured measured, String unit) {
        return !(Codes.STEPS.equals(measured.code()) && A_DAY.contains(unit)) || isOfADay(measured.span());
    }

    private static boolean isOfADay(Duration span) {
        return span.compareTo(SHORTEST_DAY) >= 0 && span.compareTo(LONGEST_DAY) <= 0;
    }

    /** The value in the unit of a target; empty when it is in a unit that is not told in that one. */
    static Optional<BigDecimal> value(Measured measured, String unit) {
        if (LDL.contains(measured.code())) {
            return cholesterol(measured, unit);
        }
        if (STEPS_A_DAY.contains(measured.code()) && A_DAY.contains(unit)) {
            Set<String> units = Codes.STEPS.equals(measured.code()) ? COUNTS : A_DAY;
            return units.contains(measured.unit()) ? Optional.of(measured.value()) : Optional.empty();
        }
        return unit.equals(measured.unit()) ? Optional.of(measured.value()) : Optional.empty();
    }

    private static Optional<BigDecimal> cholesterol(Measured measured, String unit) {
        if (!measured.unit().equals(LDL_BY_MASS.contains(measured.code()) ? MG_DL : MMOL_L)) {
            return Optional.empty();
        }
        return convert(measured.code(), measured.value(), measured.unit(), unit);
    }

    /** A value of the code in another unit, where that takes more than UCUM says: LDL cholesterol. */
    public static Optional<BigDecimal> convert(String loinc, BigDecimal value, String from, String to) {
        if (!LDL.contains(loinc)) {
            return Optional.empty();
        }
        if (from.equals(MMOL_L) && to.equals(MG_DL)) {
            return Optional.of(value.multiply(MG_DL_OF_A_MMOL_L));
        }
        if (from.equals(MG_DL) && to.equals(MMOL_L)) {
            return Optional.of(value.divide(MG_DL_OF_A_MMOL_L, MathContext.DECIMAL128));
        }
        return from.equals(to) ? Optional.of(value) : Optional.empty();
    }
}
