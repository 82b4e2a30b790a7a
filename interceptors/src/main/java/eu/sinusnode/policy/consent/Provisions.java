package eu.sinusnode.policy.consent;

import eu.sinusnode.profiles.Codes;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Reference;

/** What a provision of a Consent says, with those that are nested in it. References are canonical, as in what is stored. */
final class Provisions {

    private Provisions() {}

    static boolean permits(ProvisionComponent provision) {
        return provision.getType() == ConsentProvisionType.PERMIT;
    }

    /** Whether it denies, or anything in it does. */
    static boolean hasDeny(ProvisionComponent provision) {
        return !permits(provision) || provision.getProvision().stream().anyMatch(Provisions::hasDeny);
    }

    /** Whether it has no word of its own, beside what it does and what is nested in it. */
    static boolean isBare(ProvisionComponent provision) {
        return provision.copy().setType(null).setProvision(null).equalsDeep(new ProvisionComponent());
    }

    /** Makes a deny of it and of all that is in it. */
    static void denyAll(ProvisionComponent provision) {
        provision.setType(ConsentProvisionType.DENY);
        provision.getProvision().forEach(Provisions::denyAll);
    }

    static boolean isTeam(String actor) {
        return actor.startsWith("CareTeam/");
    }

    /** Whom it names itself, {@code Type/id}. */
    static Set<String> actors(ProvisionComponent provision) {
        Set<String> actors = new TreeSet<>();
        provision
                .getActor()
                .forEach(actor -> actors.add(String.valueOf(actor.getReference().getReference())));
        return actors;
    }

    /**
     * Whom it is about.
     *
     * @param around whom the provision around it is about
     */
    static Set<String> actors(ProvisionComponent provision, Set<String> around) {
        Set<String> own = actors(provision);
        return own.isEmpty() ? around : own;
    }

    /** Makes it one about others. */
    static ProvisionComponent naming(ProvisionComponent provision, Set<String> actors) {
        return provision.setActor(actors.stream()
                .map(actor -> new provisionActorComponent()
                        .setRole(new CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", null)))
                        .setReference(new Reference(actor)))
                .toList());
    }
}
