package eu.sinusnode.policy.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SMART scopes of a token. Both forms are understood: v2 ({@code patient/Observation.rs}, also with a filter,
 * {@code …?category=system|code}) and v1 ({@code user/*.read}). A filter that is not understood, or that stands where none
 * is enforced, makes the whole scope give nothing: without the filter it would say more than was granted.
 */
public record Scopes(List<Scope> granted) {

    private static final Pattern FORM =
            Pattern.compile("(patient|user|system)/(\\*|[A-Z][A-Za-z]*)\\.(read|write|\\*|c?r?u?d?s?)(?:\\?(.*))?");
    private static final Pattern TOKEN = Pattern.compile("[^|]+\\|[^|]+");

    /**
     * @param resourceType a FHIR type, or {@code *}
     * @param filter by search parameter, the values {@code system|code} of which a record has one; all parameters must
     *     hold; empty: no filter
     */
    public record Scope(
            ScopeContext context, String resourceType, Set<Interaction> interactions, Map<String, Set<String>> filter) {
        public Scope {
            filter = Map.copyOf(filter);
        }

        private boolean gives(String type, Interaction interaction) {
            return (resourceType.equals("*") || resourceType.equals(type)) && interactions.contains(interaction);
        }
    }

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
                Optional<Map<String, Set<String>>> filter = filter(form.group(2), form.group(3), form.group(4));
                if (!interactions.isEmpty() && filter.isPresent()) {
                    scopes.add(new Scope(context(form.group(1)), form.group(2), interactions, filter.get()));
                }
            }
        }
        return new Scopes(scopes);
    }

    /** Whether the scopes cover an interaction on a type, on some of its records at least. It is asked for each record. */
    public boolean cover(ScopeContext context, String resourceType, Interaction interaction) {
        for (Scope scope : granted) {
            if (scope.context() == context && scope.gives(resourceType, interaction)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the scopes cover an interaction on every record of a type. */
    public boolean coverWhole(ScopeContext context, String resourceType, Interaction interaction) {
        return giving(Set.of(context), resourceType, interaction).stream()
                .anyMatch(scope -> scope.filter().isEmpty());
    }

    /** Those scopes that give an interaction on a type. */
    public List<Scope> giving(Set<ScopeContext> contexts, String resourceType, Interaction interaction) {
        List<Scope> giving = new ArrayList<>();
        for (Scope scope : granted) {
            if (contexts.contains(scope.context()) && scope.gives(resourceType, interaction)) {
                giving.add(scope);
            }
        }
        return List.copyOf(giving);
    }

    /** Whether there is any scope of the context. */
    public boolean has(ScopeContext context) {
        return granted.stream().anyMatch(scope -> scope.context() == context);
    }

    /** Empty when the filter cannot be enforced as it stands. */
    private static Optional<Map<String, Set<String>>> filter(
            String resourceType, String permissions, @Nullable String query) {
        if (query == null) {
            return Optional.of(Map.of());
        }
        boolean v1 = permissions.equals("read") || permissions.equals("write") || permissions.equals("*");
        Map<String, Set<String>> filter = new HashMap<>();
        for (String condition : query.split("&", -1)) {
            int equals = condition.indexOf('=');
            String parameter = equals < 0 ? condition : condition.substring(0, equals);
            List<String> values =
                    List.of(decoded(condition.substring(equals + 1)).split(",", -1));
            boolean enforced = !v1
                    && LimitingParameters.all(resourceType).contains(parameter)
                    && values.stream().allMatch(value -> TOKEN.matcher(value).matches())
                    && filter.put(parameter, Set.copyOf(new HashSet<>(values))) == null;
            if (!enforced) {
                return Optional.empty();
            }
        }
        return Optional.of(filter);
    }

    private static String decoded(String value) {
        try {
            return value.contains("%") ? URLDecoder.decode(value, StandardCharsets.UTF_8) : value;
        } catch (IllegalArgumentException malformed) {
            return "";
        }
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
            case "write" -> EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.DELETE);
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
