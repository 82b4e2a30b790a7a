package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
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
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(random).array());
            return ByteBuffer.wrap(digest.digest(who.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
