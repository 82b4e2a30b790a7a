package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The id of a search: one half random, the other a hash of it and of who searched. Another caller can compute what the
 * other half would have to be, but no search has that id.
 */
final class SearchPageId {

    private static final SecureRandom RANDOM = new SecureRandom();

    private SearchPageId() {}

    static String newFor(Caller caller) {
        long random = RANDOM.nextLong();
        return new UUID(random, hash(random, caller)).toString();
    }

    /** @param id as a request names it; any text */
    static boolean isOf(Caller caller, String id) {
        try {
            UUID parsed = UUID.fromString(id);
            return parsed.toString().equals(id)
                    && parsed.getLeastSignificantBits() == hash(parsed.getMostSignificantBits(), caller);
        } catch (IllegalArgumentException noUuid) {
            return false;
        }
    }

    /** A place within something that is paged, with a mark of whose page begins there. */
    static String mark(Caller caller, String place) {
        byte[] text = place.getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text) + "."
                + Long.toHexString(hash(text, caller));
    }

    /** The place that {@link #mark} was given; empty for every other text, and for another caller's. */
    static Optional<String> place(Caller caller, String marked) {
        int dot = marked.indexOf('.');
        try {
            byte[] text = Base64.getUrlDecoder().decode(marked.substring(0, Math.max(dot, 0)));
            String place = new String(text, StandardCharsets.UTF_8);
            return dot > 0 && marked.equals(mark(caller, place)) ? Optional.of(place) : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** The same text on every node, whatever the order of the token's scopes and of the sets in them. */
    private static String scopes(Caller caller) {
        return caller.scopes().granted().stream()
                .map(scope -> {
                    Map<String, Set<String>> filter = new TreeMap<>();
                    scope.filter().forEach((parameter, values) -> filter.put(parameter, new TreeSet<>(values)));
                    return scope.context() + "/" + scope.resourceType() + new TreeSet<>(scope.interactions()) + filter;
                })
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static long hash(long random, Caller caller) {
        return hash(ByteBuffer.allocate(Long.BYTES).putLong(random).array(), caller);
    }

    private static long hash(byte[] random, Caller caller) {
        String who = String.join(
                "\n",
                caller.kind().claim(),
                caller.clientId(),
                String.valueOf(caller.organizationId()),
                String.valueOf(caller.fhirUser()),
                String.valueOf(caller.patientId()),
                scopes(caller));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(random);
            return ByteBuffer.wrap(digest.digest(who.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
