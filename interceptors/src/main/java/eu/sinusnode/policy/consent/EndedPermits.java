package eu.sinusnode.policy.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.jspecify.annotations.Nullable;

/**
 * Takes what somebody is permitted out of provisions, and leaves each deny: a permit around a deny becomes a deny, and a
 * permit for several one of the others. So nothing is open afterwards that was closed before.
 *
 * @param recipient {@code Organization/id}, whose permits end, by its name or as one of a CareTeam; null is everybody's
 */
record EndedPermits(@Nullable String recipient) {

    /** Whether anything of it ends. */
    boolean touch(ProvisionComponent root) {
        return touch(root, Set.of());
    }

    /**
     * Changes a root in its place.
     *
     * @return what is left beside each other; none when all of it ends
     */
    List<ProvisionComponent> takenOutOf(ProvisionComponent root) {
        return withdrawn(List.of(root), Set.of(), false);
    }

    private boolean touch(ProvisionComponent provision, Set<String> around) {
        Set<String> actors = Provisions.actors(provision, around);
        boolean meant = !ending(actors, true).isEmpty();
        return Provisions.permits(provision) && meant
                || provision.getProvision().stream().anyMatch(nested -> touch(nested, actors));
    }

    /** @param labelled whether a provision around names security labels */
    private List<ProvisionComponent> withdrawn(
            List<ProvisionComponent> provisions, Set<String> actorsAround, boolean labelled) {
        List<ProvisionComponent> left = new ArrayList<>();
        for (ProvisionComponent provision : provisions) {
            Set<String> actors = Provisions.actors(provision, actorsAround);
            boolean byLabel = labelled || provision.hasSecurityLabel();
            if (Provisions.permits(provision)) {
                Set<String> ending = ending(actors, byLabel);
                if (ending.equals(actors)) {
                    if (isOnlyThis(provision, actorsAround, labelled)) {
                        continue;
                    }
                    provision.setType(ConsentProvisionType.DENY);
                } else {
                    left.addAll(apart(provision, actors, ending));
                }
            }
            left.add(provision);
            provision.setProvision(
                    withdrawn(provision.getProvision(), Provisions.actors(provision, actorsAround), byLabel));
        }
        return left;
    }

    /**
     * Takes those whose permit ends out of a permit for several.
     *
     * @return what denies the recipient what the permit, or the exceptions from it, would still give
     */
    private List<ProvisionComponent> apart(ProvisionComponent provision, Set<String> actors, Set<String> ending) {
        Set<String> others = new TreeSet<>(actors);
        others.removeAll(ending);
        boolean byTeam = recipient != null && others.stream().anyMatch(Provisions::isTeam);
        Set<String> denied = new TreeSet<>(ending);
        if (byTeam) {
            denied.add(recipient);
        }
        ProvisionComponent own = Provisions.naming(provision.copy(), denied);
        restrict(own, denied);
        if (!ending.isEmpty()) {
            Provisions.naming(provision, others);
            forget(provision, ending);
        }
        if (!denied.isEmpty() && Provisions.hasDeny(own)) {
            Provisions.denyAll(own);
            return List.of(own);
        }
        // Who takes part in the team is not said here; of equal rules the deny holds.
        return byTeam ? List.of(own.setProvision(null).setType(ConsentProvisionType.DENY)) : List.of();
    }

    /**
     * Whose part of a permit ends. That a team is permitted something and one of it is not can be said, but for security
     * labels: a permit of one is about lower ones, and a deny about higher ones.
     */
    private Set<String> ending(Set<String> actors, boolean labelled) {
        Set<String> ending = new TreeSet<>(actors);
        ending.removeIf(
                actor -> recipient != null && !actor.equals(recipient) && !(labelled && Provisions.isTeam(actor)));
        return ending;
    }

    /** Whether it permits, and nothing but what is withdrawn. */
    private boolean isOnlyThis(ProvisionComponent provision, Set<String> around, boolean labelled) {
        Set<String> actors = Provisions.actors(provision, around);
        boolean byLabel = labelled || provision.hasSecurityLabel();
        return Provisions.permits(provision)
                && ending(actors, byLabel).equals(actors)
                && provision.getProvision().stream().allMatch(nested -> isOnlyThis(nested, actors, byLabel));
    }

    /** In what is denied them apart: what names others alone has no place there. */
    private static void restrict(ProvisionComponent around, Set<String> denied) {
        around.getProvision()
                .removeIf(nested -> nested.hasActor()
                        && Provisions.actors(nested).stream()
                                .noneMatch(actor -> denied.contains(actor) || Provisions.isTeam(actor)));
        for (ProvisionComponent nested : around.getProvision()) {
            if (nested.hasActor()) {
                Provisions.naming(nested, denied);
            }
            restrict(nested, denied);
        }
    }

    /** In what is left to others: an exception is about whom the provision around it is about. */
    private static void forget(ProvisionComponent around, Set<String> ending) {
        around.getProvision().removeIf(nested -> nested.hasActor() && ending.containsAll(Provisions.actors(nested)));
        for (ProvisionComponent nested : around.getProvision()) {
            Set<String> others = new TreeSet<>(Provisions.actors(nested));
            if (others.removeAll(ending)) {
                Provisions.naming(nested, others);
            }
            forget(nested, ending);
        }
    }
}
