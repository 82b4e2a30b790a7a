package eu.sinusnode.policy.access;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The scopes that a client may ask for, written out: an authorization server compares names and knows no wildcard. For
 * each type the whole cell, its readings and its writings, and each letter alone; the v1 words; wildcards; and the
 * granular scopes of the categories that records really have. What a scope gives is the matrix's cell at most.
 */
final class OfferedScopes {

    private static final Set<Interaction> READING = EnumSet.of(Interaction.READ, Interaction.SEARCH);
    private static final Set<Interaction> WRITING =
            EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.DELETE);

    private static final String CONDITION_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category";

    /** By type, the categories that a granular scope may be limited to. */
    private static final Map<String, List<String>> CATEGORIES = Map.of(
            "Observation",
            List.of(
                    Codes.OBSERVATION_CATEGORY + "|" + Codes.VITAL_SIGNS,
                    Codes.OBSERVATION_CATEGORY + "|laboratory",
                    Canonicals.OBSERVATION_CATEGORIES + "|" + Codes.RISK_FLAG),
            "Condition",
            List.of(CONDITION_CATEGORY + "|problem-list-item", CONDITION_CATEGORY + "|encounter-diagnosis"));

    private OfferedScopes() {}

    static SortedSet<String> of(AccessMatrix matrix, CallerKind caller) {
        SortedSet<String> scopes = new TreeSet<>();
        for (ScopeContext context : caller.scopeContexts()) {
            Set<Interaction> anywhere = EnumSet.noneOf(Interaction.class);
            for (String type : matrix.resourceTypes()) {
                Set<Interaction> open = matrix.scoped(caller, type);
                anywhere.addAll(open);
                addForms(scopes, context.prefix() + "/" + type + ".", open);
                addGranular(scopes, context.prefix() + "/" + type + ".", type, open);
            }
            addForms(scopes, context.prefix() + "/*.", anywhere);
            scopes.add(context.prefix() + "/*.cruds");
            scopes.add(context.prefix() + "/*.*");
        }
        return scopes;
    }

    private static void addForms(Set<String> scopes, String prefix, Set<Interaction> open) {
        Set<Interaction> reading = EnumSet.copyOf(READING);
        reading.retainAll(open);
        Set<Interaction> writing = EnumSet.copyOf(WRITING);
        writing.retainAll(open);
        // Who writes need not delete.
        Set<Interaction> keeping = EnumSet.noneOf(Interaction.class);
        keeping.addAll(open);
        keeping.remove(Interaction.DELETE);
        for (Set<Interaction> part : List.of(open, keeping, reading, writing)) {
            if (!part.isEmpty()) {
                scopes.add(prefix + AccessMatrix.letters(part));
            }
        }
        open.forEach(interaction -> scopes.add(prefix + interaction.permission()));
        if (!reading.isEmpty()) {
            scopes.add(prefix + "read");
        }
        if (!writing.isEmpty()) {
            scopes.add(prefix + "write");
        }
        if (!reading.isEmpty() && !writing.isEmpty()) {
            scopes.add(prefix + "*");
        }
    }

    private static void addGranular(Set<String> scopes, String prefix, String type, Set<Interaction> open) {
        for (String category : CATEGORIES.getOrDefault(type, List.of())) {
            if (open.containsAll(READING)) {
                scopes.add(prefix + "rs?category=" + category);
            }
            if (open.contains(Interaction.CREATE)) {
                scopes.add(prefix + "c?category=" + category);
            }
        }
    }
}
