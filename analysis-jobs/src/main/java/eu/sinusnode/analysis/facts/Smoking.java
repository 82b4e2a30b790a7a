package eu.sinusnode.analysis.facts;

import java.util.Map;
import java.util.Optional;

/** Whether a person smokes, as the codes of the value set {@code smoking-status} say. */
public enum Smoking {
    CURRENT,
    FORMER,
    NEVER;

    private static final Map<String, Smoking> BY_SNOMED = Map.of(
            "449868002", CURRENT,
            "428041000124106", CURRENT,
            "77176002", CURRENT,
            "8517006", FORMER,
            "266919005", NEVER);

    /** Empty for a code that does not tell, "unknown if ever smoked" among them. */
    public static Optional<Smoking> ofSnomed(String code) {
        return Optional.ofNullable(BY_SNOMED.get(code));
    }
}
