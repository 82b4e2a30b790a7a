package eu.sinusnode.analysis.training;

import java.util.Locale;
import java.util.Map;

/**
 * Names of annotated rhythms, as the training data spells them. Other data has other rhythms: each keeps its own name and
 * counts as no atrial fibrillation.
 */
public final class Rhythm {

    /** All rhythms that the annotators gave no other name: mostly sinus rhythm. */
    public static final String N = "N";
    /** Atrial fibrillation. */
    public static final String AFIB = "AFIB";
    /** Atrial flutter. */
    public static final String AFL = "AFL";
    /** AV junctional rhythm. */
    public static final String J = "J";

    /** Other spellings: of the MIT-BIH Arrhythmia Database, and of people. */
    private static final Map<String, String> ALSO =
            Map.of("NSR", N, "SR", N, "NORMAL", N, "AF", AFIB, "AFLT", AFL, "NOD", J);

    private Rhythm() {}

    /** The name without the parenthesis that WFDB annotations begin with, in capitals. */
    public static String of(String label) {
        String bare = label.startsWith("(") ? label.substring(1) : label;
        String name = bare.strip().toUpperCase(Locale.ROOT);
        return ALSO.getOrDefault(name, name).intern();
    }
}
