package eu.sinusnode.policy.consent;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * What a signed withdrawal makes of a Consent (Art. 7(3) GDPR): what it permitted ends, however specific it was. A Consent
 * that denies nothing becomes inactive. One that denies too stays active and keeps each deny, since without it another
 * Consent could open what it closed; a permit around a deny becomes a deny. So nothing is open afterwards that was closed
 * before. References are canonical, as in what is stored.
 */
public final class Withdrawal {

    private final ConsentCompiler compiler;

    /** Whose permits end; null is everybody's. */
    @Nullable
    private final String recipient;

    private final Reference document;

    private Withdrawal(ConsentCompiler compiler, @Nullable String recipient, Reference document) {
        this.compiler = compiler;
        this.recipient = recipient;
        this.document = document;
    }

    /**
     * Of a Consent that the document names.
     *
     * @param document the Consent that holds the signed withdrawal
     */
    public static Withdrawal ofAll(ConsentCompiler compiler, Reference document) {
        return new Withdrawal(compiler, null, document);
    }

    /**
     * Of whatever an Organization is permitted, by its name or as one of a CareTeam.
     *
     * @param organization {@code Organization/id}
     */
    public static Withdrawal from(ConsentCompiler compiler, String organization, Reference document) {
        return new Withdrawal(compiler, organization, document);
    }

    /** Whether a Consent says nothing but that what was permitted ends: a root that denies, and no word beside. */
    public static boolean isOne(Consent consent) {
        ProvisionComponent root = consent.getProvision();
        return root.getType() == ConsentProvisionType.DENY && !root.hasProvision() && isBare(root);
    }

    /** Whether a Consent closes anything that another one could open; a root that denies everybody everything does not. */
    public static boolean deniesSomething(Consent consent) {
        ProvisionComponent root = consent.getProvision();
        return !permits(root) && !isBare(root) || root.getProvision().stream().anyMatch(Withdrawal::hasDeny);
    }

    /** The Consents that a withdrawal names; none are all that permit its recorder's Organization something. */
    public static List<Reference> named(Consent withdrawal) {
        return withdrawal.getExtensionsByUrl(Canonicals.CONSENT_WITHDRAWS).stream()
                .map(Extension::getValue)
                .map(value -> value instanceof Reference reference ? reference : new Reference())
                .toList();
    }

    /**
     * The Consent as it is afterwards.
     *
     * @return empty when nothing of it is withdrawn; the Consent itself stays as it is
     */
    public Optional<Consent> of(Consent stored) {
        if (stored.getStatus() != ConsentState.ACTIVE || !isTouched(stored.getProvision(), Set.of())) {
            return Optional.empty();
        }
        Consent left = stored.copy();
        ProvisionComponent root = left.getProvision();
        List<ProvisionComponent> roots = withdrawn(List.of(root), Set.of(), false);
        if (roots.size() > 1 || !roots.contains(root)) {
            root = new ProvisionComponent().setType(ConsentProvisionType.DENY).setProvision(roots);
            left.setProvision(root);
        }
        if (!permits(root) && root.getProvision().isEmpty() && isBare(root)) {
            return Optional.of(stored.copy().setStatus(ConsentState.INACTIVE));
        }
        if (recipient != null && compiler.compile(left, 1) instanceof Compilation.Refused) {
            // It is too large, or nested too deep, to say of one recipient apart: then it ends for all.
            return new Withdrawal(compiler, null, document).of(stored);
        }
        // What was signed said something else; the version before keeps it.
        left.setSource(document.copy());
        left.setVerification(null);
        return Optional.of(left);
    }

    /** Whether any permit of it is withdrawn. */
    private boolean isTouched(ProvisionComponent provision, Set<String> around) {
        Set<String> actors = actors(provision, around);
        boolean meant = !ending(actors, true).isEmpty();
        return permits(provision) && meant
                || provision.getProvision().stream().anyMatch(nested -> isTouched(nested, actors));
    }

    /** @param labelled whether a provision around names security labels */
    private List<ProvisionComponent> withdrawn(
            List<ProvisionComponent> provisions, Set<String> actorsAround, boolean labelled) {
        List<ProvisionComponent> left = new ArrayList<>();
        for (ProvisionComponent provision : provisions) {
            Set<String> actors = actors(provision, actorsAround);
            boolean byLabel = labelled || provision.hasSecurityLabel();
            if (permits(provision)) {
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
            provision.setProvision(withdrawn(provision.getProvision(), actors(provision, actorsAround), byLabel));
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
        boolean byTeam = recipient != null && others.stream().anyMatch(Withdrawal::isTeam);
        Set<String> denied = new TreeSet<>(ending);
        if (byTeam) {
            denied.add(recipient);
        }
        ProvisionComponent own = naming(provision.copy(), denied);
        restrict(own, denied);
        if (!ending.isEmpty()) {
            naming(provision, others);
            forget(provision, ending);
        }
        if (!denied.isEmpty() && hasDeny(own)) {
            denyAll(own);
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
        ending.removeIf(actor -> recipient != null && !actor.equals(recipient) && !(labelled && isTeam(actor)));
        return ending;
    }

    /** Whether it permits, and nothing but what is withdrawn. */
    private boolean isOnlyThis(ProvisionComponent provision, Set<String> around, boolean labelled) {
        Set<String> actors = actors(provision, around);
        boolean byLabel = labelled || provision.hasSecurityLabel();
        return permits(provision)
                && ending(actors, byLabel).equals(actors)
                && provision.getProvision().stream().allMatch(nested -> isOnlyThis(nested, actors, byLabel));
    }

    /** In what is denied them apart: what names others alone has no place there. */
    private static void restrict(ProvisionComponent around, Set<String> denied) {
        around.getProvision()
                .removeIf(nested -> nested.hasActor()
                        && actors(nested, Set.of()).stream()
                                .noneMatch(actor -> denied.contains(actor) || isTeam(actor)));
        for (ProvisionComponent nested : around.getProvision()) {
            if (nested.hasActor()) {
                naming(nested, denied);
            }
            restrict(nested, denied);
        }
    }

    /** In what is left to others: an exception is about whom the provision around it is about. */
    private static void forget(ProvisionComponent around, Set<String> ending) {
        around.getProvision().removeIf(nested -> nested.hasActor() && ending.containsAll(actors(nested, Set.of())));
        for (ProvisionComponent nested : around.getProvision()) {
            Set<String> others = new TreeSet<>(actors(nested, Set.of()));
            if (others.removeAll(ending)) {
                naming(nested, others);
            }
            forget(nested, ending);
        }
    }

    private static void denyAll(ProvisionComponent provision) {
        provision.setType(ConsentProvisionType.DENY);
        provision.getProvision().forEach(Withdrawal::denyAll);
    }

    private static boolean hasDeny(ProvisionComponent provision) {
        return !permits(provision) || provision.getProvision().stream().anyMatch(Withdrawal::hasDeny);
    }

    private static boolean permits(ProvisionComponent provision) {
        return provision.getType() == ConsentProvisionType.PERMIT;
    }

    private static boolean isTeam(String actor) {
        return actor.startsWith("CareTeam/");
    }

    private static boolean isBare(ProvisionComponent root) {
        return root.copy().setType(null).setProvision(null).equalsDeep(new ProvisionComponent());
    }

    private static Set<String> actors(ProvisionComponent provision, Set<String> around) {
        Set<String> own = new TreeSet<>();
        provision
                .getActor()
                .forEach(actor -> own.add(String.valueOf(actor.getReference().getReference())));
        return own.isEmpty() ? around : own;
    }

    private static ProvisionComponent naming(ProvisionComponent provision, Set<String> actors) {
        return provision.setActor(actors.stream()
                .map(actor -> new provisionActorComponent()
                        .setRole(new CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", null)))
                        .setReference(new Reference(actor)))
                .toList());
    }
}
