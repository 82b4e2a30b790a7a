package eu.sinusnode.analysis.facts;

import java.util.Map;
import java.util.Optional;

/** NYHA classes as the codes of the value set {@code nyha-class} say. */
public final class Nyha {

    private static final Map<String, Integer> BY_SNOMED =
            Map.of("420300004", 1, "421704003", 2, "420913000", 3, "422293003", 4);

    private Nyha() {}

    /** 1 to 4; empty for another code. */
    public static Optional<Integer> ofSnomed(String code) {
        return Optional.ofNullable(BY_SNOMED.get(code));
    }
}
