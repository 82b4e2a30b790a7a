package eu.sinusnode.analysis.risk;

import eu.sinusnode.profiles.Codes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a patient's consent, or a label, keeps from automated analysis, as the reading stream names it. */
final class Withheld {

    private static final String EVERYTHING = "Observation";
    private static final Set<String> BLOOD_PRESSURE =
            Set.of(EVERYTHING, Codes.BLOOD_PRESSURE_PANEL, Codes.SYSTOLIC, Codes.DIASTOLIC);
    private static final Set<String> RHYTHM =
            Set.of(EVERYTHING, Codes.RR_INTERVAL_SERIES, "DocumentReference", "Binary");

    private Withheld() {}

    static boolean bloodPressure(List<String> withheld) {
        return !Collections.disjoint(withheld, BLOOD_PRESSURE);
    }

    static boolean rhythm(List<String> withheld) {
        return !Collections.disjoint(withheld, RHYTHM);
    }

    /** A sentence for the flag's note; empty when nothing is withheld. */
    static Optional<String> sentence(List<String> withheld) {
        return withheld.isEmpty()
                ? Optional.empty()
                : Optional.of("Withheld from automated analysis, by the patient's consent or a security label: "
                        + String.join(", ", withheld.stream().sorted().toList()) + ".");
    }
}
