package eu.sinusnode.server.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses settings with a sentence. */
final class Sentences {

    private Sentences() {}

    /** @throws IllegalArgumentException with the sentence when the condition does not hold */
    static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }

    static boolean isBetween(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /** @param url one that {@link #isHttpUrl} takes */
    static boolean isOnThisMachine(String url) {
        return Set.of("localhost", "127.0.0.1", "[::1]")
                .contains(URI.create(url).getHost());
    }

    static boolean isHttpUrl(@Nullable String value) {
        if (value == null) {
            return false;
        }
        try {
            URI uri = new URI(value);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
