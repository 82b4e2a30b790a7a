package eu.sinusnode.policy.residency.signed;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the server uses another party for. An endpoint that is registered for one purpose serves no other. */
public enum EndpointPurpose {
    /** PostgreSQL, its replicas too. */
    DATABASE,
    /** Where tokens, their keys and their standing come from. */
    AUTHORIZATION_SERVER,
    /** An Elasticsearch or OpenSearch that nodes share. */
    FULL_TEXT,
    /** A mail server. */
    MAIL,
    /** Whoever receives traces, metrics or logs. */
    TELEMETRY,
    /** What connections go through. */
    PROXY,
    /** Whom Subscriptions may have told that something happened. */
    SUBSCRIPTION,
    /** Where the rooms of video consultations are. */
    VIDEO;

    /** As the signed file writes it, e.g. {@code authorization-server}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<EndpointPurpose> of(String word) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.word().equals(word))
                .findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(EndpointPurpose::word).collect(Collectors.joining(", "));
    }
}
