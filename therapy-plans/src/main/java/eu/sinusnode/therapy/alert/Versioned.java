package eu.sinusnode.therapy.alert;

import org.jspecify.annotations.Nullable;

/** Canonicals with their version: {@code url|version}. */
final class Versioned {

    private Versioned() {}

    /** Whether it names this definition, in whatever version. */
    static boolean isOf(@Nullable String canonical, String url) {
        return canonical != null && (canonical.equals(url) || canonical.startsWith(url + "|"));
    }
}
