package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Scopes.Scope;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Standing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a decision on somebody's records of a type was based on, as a fingerprint: who asked with which scopes, how that
 * caller stood towards the patients, and what their Consents said. While it stays the same, so does every decision that was
 * taken on it; when it has changed, the decisions have to be taken anew.
 */
public final class DecisionGrounds {

    /** Bytes of a fingerprint. */
    public static final int LENGTH = 32;

    private DecisionGrounds() {}

    /** @param owners all whose records they are */
    public static byte[] of(Caller caller, String resourceType, Interaction interaction, Collection<Standing> owners) {
        StringBuilder grounds = new StringBuilder();
        add(grounds, caller.kind(), caller.organizationId(), caller.purpose(), caller.fhirUser(), caller.patientId());
        add(grounds, resourceType, interaction, scopes(caller, resourceType, interaction));
        Map<String, Standing> sorted = new TreeMap<>();
        owners.forEach(owner -> sorted.put(owner.patientId(), owner));
        sorted.values().forEach(owner -> add(grounds, owner.patientId(), owner.related(), directives(owner)));
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(grounds.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static List<String> scopes(Caller caller, String resourceType, Interaction interaction) {
        return caller.scopes().giving(caller.kind().scopeContexts(), resourceType, interaction).stream()
                .map(DecisionGrounds::scope)
                .sorted()
                .distinct()
                .toList();
    }

    private static String scope(Scope scope) {
        return scope.context()
                + scope.filter().entrySet().stream()
                        .map(filter -> filter.getKey() + "=" + new TreeSet<>(filter.getValue()))
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static List<String> directives(Standing owner) {
        return owner.directives().stream().map(Directive::toString).sorted().toList();
    }

    private static void add(StringBuilder grounds, @Nullable Object... values) {
        for (Object value : values) {
            grounds.append(value).append('\n');
        }
    }
}
