package eu.sinusnode.policy.consent;

import java.util.Set;

/**
 * By what a record hangs together with others, as far as it tells.
 *
 * @param authors {@code Type/id}
 * @param tellsAuthors whether these are all of them, and there are some
 * @param belongsTo {@code Type/id}, the record itself among them
 * @param tellsOf the types of which these are all that it belongs to; there may be none
 */
public record Bonds(Set<String> authors, boolean tellsAuthors, Set<String> belongsTo, Set<String> tellsOf) {

    /** Of a record that tells nothing of it. */
    public static final Bonds UNTOLD = new Bonds(Set.of(), false, Set.of(), Set.of());

    /** To what a record can belong: types that a rule may name. */
    public static final Set<String> WHOLES = Set.of("CarePlan", "Encounter");

    public Bonds {
        authors = Set.copyOf(authors);
        belongsTo = Set.copyOf(belongsTo);
        tellsOf = Set.copyOf(tellsOf);
    }

    /** Whether a rule is about the record. What is unknown is covered by a deny and by no permit. */
    boolean isMeantBy(Bond bond, boolean permits) {
        return switch (bond.kind()) {
            case AUTHORED_BY -> authors.contains(bond.to()) || !permits && !tellsAuthors;
            case RELATED -> belongsTo.contains(bond.to()) || !permits && !tellsOf.contains(bond.type());
        };
    }
}
