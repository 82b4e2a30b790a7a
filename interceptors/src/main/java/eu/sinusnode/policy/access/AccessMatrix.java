package eu.sinusnode.policy.access;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may use which interaction, search parameter and operation on which resource type, before anything is known of the
 * record itself. This one table decides requests and generates the realm's scopes, the CapabilityStatement and
 * {@code docs/access-matrix.md}; its content is {@link StandardAccess}. What is not in the table is refused.
 */
public final class AccessMatrix {

    /** Tells what a write would be answered; it is on every type that somebody may write. */
    public static final String VALIDATE = "$validate";

    /** Tells the {@code meta} of one record; it is open to who may read the record. */
    public static final String META = "$meta";

    private static final Set<String> ON_EVERY_SEARCH = Set.of("_id", "_lastUpdated", "_sort", "_count");
    private static final Set<String> BY_WORDS = Set.of("_text", "_content");
    /** Who sees a record's labels in the record may search for them; an insurer has no need to. */
    private static final Set<CallerKind> BY_LABELS =
            EnumSet.of(CallerKind.PATIENT, CallerKind.REPRESENTATIVE, CallerKind.CLINICIAN, CallerKind.CLINIC_SYSTEM);

    private static final AccessMatrix STANDARD = StandardAccess.fill(new AccessMatrix());

    private final Map<String, Map<CallerKind, Set<Interaction>>> rows = new TreeMap<>();
    private final Map<String, Set<String>> parameters = new TreeMap<>();
    private final Map<CallerKind, Map<String, Set<String>>> narrowerParameters = new EnumMap<>(CallerKind.class);
    private final Map<CallerKind, Set<String>> exportedOnly = new EnumMap<>(CallerKind.class);
    private final Set<String> ownSearches = new TreeSet<>();
    private final Map<String, Set<CallerKind>> prose = new TreeMap<>();
    private final Map<String, OpenOperation> operations = new TreeMap<>();
    private final Set<String> streamed = new TreeSet<>();
    private final Set<String> lengthy = new TreeSet<>();
    private final Set<String> likeSearches = new TreeSet<>();

    /**
     * A named operation and the callers it is open to.
     *
     * @param resourceType with {@code interaction}: the scope that covers the operation
     * @param onSystem whether it is called on the server's base
     * @param onTypes types that it is called on, or on one of whose instances
     * @param otherScopes of callers who need a scope for another type than {@code resourceType}: that type
     */
    public record OpenOperation(
            String name,
            String resourceType,
            Interaction interaction,
            Set<CallerKind> callers,
            boolean onSystem,
            Set<String> onTypes,
            Map<CallerKind, String> otherScopes) {
        public OpenOperation {
            callers = Set.copyOf(callers);
            onTypes = Set.copyOf(onTypes);
            otherScopes = Map.copyOf(otherScopes);
        }

        /** The type whose scope covers the operation for such a caller. */
        public String scopeType(CallerKind caller) {
            return otherScopes.getOrDefault(caller, resourceType);
        }
    }

    private AccessMatrix() {}

    public static AccessMatrix standard() {
        return STANDARD;
    }

    public boolean allows(CallerKind caller, String resourceType, Interaction interaction) {
        return interactions(caller, resourceType).contains(interaction);
    }

    /** Empty when the type is closed to the caller. */
    public Set<Interaction> interactions(CallerKind caller, String resourceType) {
        return rows.getOrDefault(resourceType, Map.of()).getOrDefault(caller, Set.of());
    }

    /** Whether records of the type leave for such a caller by an export; most get what they may search. */
    public boolean exports(CallerKind caller, String resourceType) {
        return allows(caller, resourceType, Interaction.SEARCH)
                || exportedOnly.getOrDefault(caller, Set.of()).contains(resourceType);
    }

    /**
     * What a scope of the type gives such a caller: what it may use, the search that an export is, and what an operation
     * does in a way of its own that the caller may not do freely.
     */
    Set<Interaction> scoped(CallerKind caller, String resourceType) {
        Set<Interaction> scoped = EnumSet.noneOf(Interaction.class);
        scoped.addAll(interactions(caller, resourceType));
        if (exports(caller, resourceType) && scoped.isEmpty()) {
            scoped.add(Interaction.SEARCH);
        }
        operations.values().stream()
                .filter(operation -> operation.callers().contains(caller)
                        && operation.scopeType(caller).equals(resourceType))
                .forEach(operation -> scoped.add(operation.interaction()));
        return scoped;
    }

    /** Every resource type that some caller may use; the server opens no other. */
    public Set<String> resourceTypes() {
        return Set.copyOf(rows.keySet());
    }

    /** Whether some caller may use the type. Every record on its way out asks this. */
    public boolean isOpen(String resourceType) {
        return rows.containsKey(resourceType);
    }

    /**
     * Why a type is open, as one sentence.
     *
     * @throws IllegalArgumentException for a type that nobody has given a reason for
     */
    public static String purpose(String resourceType) {
        return TypePurposes.of(resourceType)
                .orElseThrow(() -> new IllegalArgumentException("Nothing says why " + resourceType + " is open."));
    }

    /** What at least one kind of caller may use. */
    public Set<Interaction> interactions(String resourceType) {
        Set<Interaction> open = EnumSet.noneOf(Interaction.class);
        rows.getOrDefault(resourceType, Map.of()).values().forEach(open::addAll);
        return open;
    }

    /** The types of which somebody may create or update records. */
    public SortedSet<String> writtenTypes() {
        SortedSet<String> written = new TreeSet<>(rows.keySet());
        written.removeIf(
                type -> Collections.disjoint(interactions(type), EnumSet.of(Interaction.CREATE, Interaction.UPDATE)));
        return written;
    }

    public Map<String, OpenOperation> operations() {
        return Map.copyOf(operations);
    }

    /** Whether an operation writes its answer while it works: as long as a reader takes, and in a format of its own. */
    public boolean isStreamed(String operation) {
        return streamed.contains(operation);
    }

    /** Whether an operation may be worked on for as long as one that streams: what it does grows with a record. */
    public boolean isLengthy(String operation) {
        return streamed.contains(operation) || lengthy.contains(operation);
    }

    /**
     * Whether an operation answers of what its caller's searches would find, each record decided by itself: so it needs the
     * scope of a search, and one with a filter covers it.
     */
    public boolean isLikeSearch(@Nullable String operation) {
        return operation != null && likeSearches.contains(operation);
    }

    /** The parameters of a type search that are open to the caller; empty when it may not search the type. */
    public Set<String> searchParameters(CallerKind caller, String resourceType) {
        if (!allows(caller, resourceType, Interaction.SEARCH)) {
            return Set.of();
        }
        Set<String> open = new TreeSet<>(ownSearches.contains(resourceType) ? Set.of() : ON_EVERY_SEARCH);
        open.addAll(narrowerParameters
                .getOrDefault(caller, Map.of())
                .getOrDefault(resourceType, parameters.getOrDefault(resourceType, Set.of())));
        if (prose.getOrDefault(resourceType, Set.of()).contains(caller)) {
            open.addAll(BY_WORDS);
        }
        if (BY_LABELS.contains(caller) && !ownSearches.contains(resourceType)) {
            open.add(LimitingParameters.LABELS);
        }
        return open;
    }

    /** Types whose records have narrative or prose: the full text holds their words. */
    public Set<String> prose() {
        return Set.copyOf(prose.keySet());
    }

    /** Whether the type's searches are answered by a store of its own, which knows its parameters and nothing more. */
    public boolean hasOwnSearch(String resourceType) {
        return ownSearches.contains(resourceType);
    }

    /** A type's own search parameters that the storage has to index; empty for types that have a store of their own. */
    public Set<String> searchParameters(String resourceType) {
        return ownSearches.contains(resourceType) ? Set.of() : parameters.getOrDefault(resourceType, Set.of());
    }

    /** The SMART v2 scopes that cover all a caller may do, e.g. {@code system/Observation.rs}, sorted. */
    public SortedSet<String> scopesOf(CallerKind caller) {
        SortedSet<String> scopes = new TreeSet<>();
        rows.keySet().stream()
                .filter(type -> !scoped(caller, type).isEmpty())
                .forEach(type ->
                        scopes.add(caller.scopeContext().prefix() + "/" + type + "." + letters(scoped(caller, type))));
        return scopes;
    }

    /** Every scope that a client for this kind of caller may ask for, in any form; see {@link OfferedScopes}. */
    public SortedSet<String> offeredScopes(CallerKind caller) {
        return OfferedScopes.of(this, caller);
    }

    static String letters(Collection<Interaction> open) {
        StringBuilder letters = new StringBuilder();
        for (Interaction interaction : Interaction.values()) {
            if (open.contains(interaction)) {
                letters.append(interaction.permission());
            }
        }
        return letters.toString();
    }

    // Filling

    /**
     * The same letters for several kinds of caller: {@code c}reate, {@code r}ead, {@code u}pdate, {@code d}elete,
     * {@code s}earch.
     */
    record Cells(String letters, Set<CallerKind> callers) {}

    static Cells open(String letters, CallerKind... callers) {
        return new Cells(letters, Set.of(callers));
    }

    AccessMatrix row(String resourceType, Cells... cells) {
        Map<CallerKind, Set<Interaction>> row = new EnumMap<>(CallerKind.class);
        for (Cells some : cells) {
            Set<Interaction> open = EnumSet.noneOf(Interaction.class);
            for (Interaction interaction : Interaction.values()) {
                if (some.letters().indexOf(interaction.permission()) >= 0) {
                    open.add(interaction);
                }
            }
            some.callers().forEach(caller -> row.put(caller, open));
        }
        rows.put(resourceType, row);
        return this;
    }

    /** A kind of caller that has records of these types by exports and in no other way. */
    AccessMatrix exportOnly(CallerKind caller, Collection<String> resourceTypes) {
        exportedOnly.put(caller, Set.copyOf(resourceTypes));
        return this;
    }

    AccessMatrix search(String resourceType, String... names) {
        parameters.put(resourceType, new LinkedHashSet<>(Set.of(names)));
        return this;
    }

    /** A type with a store of its own, which knows these parameters and none of those that every search has. */
    AccessMatrix ownSearch(String resourceType, String... names) {
        ownSearches.add(resourceType);
        return search(resourceType, names);
    }

    /** A type with narrative or prose, which these callers may search by its words. */
    AccessMatrix prose(String resourceType, CallerKind... callers) {
        prose.put(resourceType, Set.of(callers));
        return this;
    }

    /** A kind of caller that may use only some of the type's parameters. */
    AccessMatrix searchOnly(CallerKind caller, String resourceType, String... names) {
        narrowerParameters.computeIfAbsent(caller, none -> new TreeMap<>()).put(resourceType, Set.of(names));
        return this;
    }

    AccessMatrix operationOnType(String name, String resourceType, Interaction interaction, CallerKind... callers) {
        return operation(new OpenOperation(
                name, resourceType, interaction, Set.of(callers), false, Set.of(resourceType), Map.of()));
    }

    AccessMatrix operation(String name, String resourceType, Interaction interaction, CallerKind... callers) {
        return operation(new OpenOperation(name, resourceType, interaction, Set.of(callers), true, Set.of(), Map.of()));
    }

    AccessMatrix operation(OpenOperation operation) {
        operations.put(operation.name(), operation);
        return this;
    }

    AccessMatrix lengthy(String... names) {
        lengthy.addAll(Set.of(names));
        return this;
    }

    AccessMatrix likeSearches(String... names) {
        likeSearches.addAll(Set.of(names));
        return this;
    }

    AccessMatrix streamed(String... names) {
        streamed.addAll(Set.of(names));
        return this;
    }
}
