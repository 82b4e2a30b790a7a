package eu.sinusnode.policy.residency;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Country codes as they are written in practice, made ISO 3166-1 alpha-2. */
public final class Country {

    /** Codes that EU institutions use instead of the ISO ones. */
    private static final Map<String, String> EU_USAGE = Map.of("EL", "GR", "UK", "GB");

    private static final Set<String> ALPHA_2 = Set.of(Locale.getISOCountries());

    private static final Map<String, String> ALPHA_3 = Arrays.stream(Locale.getISOCountries())
            .collect(Collectors.toUnmodifiableMap(code -> new Locale("", code).getISO3Country(), code -> code));

    private Country() {}

    /** Whether it is an alpha-2 code as the standard writes it. */
    public static boolean isCode(String written) {
        return ALPHA_2.contains(written);
    }

    /**
     * The alpha-2 code of a two- or three-letter code in any case, {@code EL} and {@code UK} included; empty for null and
     * for everything else, names of countries too: what is not certain is unknown.
     */
    public static Optional<String> normalise(@Nullable String written) {
        if (written == null) {
            return Optional.empty();
        }
        String code = written.trim().toUpperCase(Locale.ROOT);
        code = EU_USAGE.getOrDefault(code, code);
        code = ALPHA_3.getOrDefault(code, code);
        return ALPHA_2.contains(code) ? Optional.of(code) : Optional.empty();
    }
}
