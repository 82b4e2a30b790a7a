package eu.sinusnode.policy.access;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SMART scopes of a token. Both forms are understood: v2 ({@code patient/Observation.rs}) and v1
 * ({@code user/*.read}). A scope with a search filter ({@code …?category=…}) gives nothing: the filter is not
 * enforced yet, and without it the scope would say more than was granted.
 */
public record Scopes(List<Scope> granted) {

    private static final Pattern FORM =
            Pattern.compile("(patient|user|system)/(\\*|[A-Z][A-Za-z]*)\\.(read|write|\\*|c?r?u?d?s?)");

    /** @param resourceType a FHIR type, or {@code *} */
    public record Scope(ScopeContext context, String resourceType, Set<Interaction> interactions) {}

    public Scopes {
        granted = List.copyOf(granted);
    }

    /** Reads a token's {@code scope} claim; what is not a resource scope (openid, launch …) is passed over. */
    public static Scopes parse(String scopeClaim) {
        List<Scope> scopes = new ArrayList<>();
        for (String word : scopeClaim.trim().split("\\s+")) {
            Matcher form = FORM.matcher(word);
            if (form.matches()) {
                Set<Interaction> interactions = interactions(form.group(3));
                if (!interactions.isEmpty()) {
                    scopes.add(new Scope(context(form.group(1)), form.group(2), interactions));
                }
            }
        }
        return new Scopes(scopes);
    }

    public boolean cover(ScopeContext context, String resourceType, Interaction interaction) {
        return granted.stream()
                .anyMatch(scope -> scope.context() == context
                        && (scope.resourceType().equals("*")
                                || scope.resourceType().equals(resourceType))
                        && scope.interactions().contains(interaction));
    }

    /** Whether there is any scope of the context. */
    public boolean has(ScopeContext context) {
        return granted.stream().anyMatch(scope -> scope.context() == context);
    }

    /** Whether the scopes cover an interaction on at least one type. */
    public boolean coverAny(ScopeContext context, Interaction interaction) {
        return granted.stream()
                .anyMatch(scope ->
                        scope.context() == context && scope.interactions().contains(interaction));
    }

    private static ScopeContext context(String prefix) {
        return switch (prefix) {
            case "patient" -> ScopeContext.PATIENT;
            case "user" -> ScopeContext.USER;
            default -> ScopeContext.SYSTEM;
        };
    }

    private static Set<Interaction> interactions(String permissions) {
        return switch (permissions) {
            case "read" -> EnumSet.of(Interaction.READ, Interaction.SEARCH);
            case "write" -> EnumSet.of(Interaction.CREATE, Interaction.UPDATE);
            case "*" -> EnumSet.allOf(Interaction.class);
            default -> letters(permissions);
        };
    }

    private static Set<Interaction> letters(String permissions) {
        Set<Interaction> interactions = EnumSet.noneOf(Interaction.class);
        for (Interaction interaction : Interaction.values()) {
            if (permissions.indexOf(interaction.permission()) >= 0) {
                interactions.add(interaction);
            }
        }
        return interactions;
    }
}
