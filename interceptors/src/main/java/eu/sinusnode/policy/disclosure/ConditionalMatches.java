package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.narrowing.ConditionalCreate;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.References;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/**
 * Tells the record that an If-None-Exist was meant to find. HAPI asks the gate before it counts a match; were it refused to
 * a caller who may write but not read, the same vital would be stored again and again. What somebody else has brought is
 * no such record.
 */
final class ConditionalMatches {

    /**
     * Whether a conditional create among the writes, one that looks among what anybody has brought, has the record's type,
     * one of its identifiers, and its owner.
     */
    boolean isMatch(Caller caller, List<RequestedWrite> writes, IBaseResource found, References references) {
        return found instanceof Resource record
                && writes.stream()
                        .filter(write -> write.ifNoneExist() != null)
                        .filter(write -> ConditionalCreate.looksAmongAll(caller, write.resource()))
                        .filter(write -> write.resourceType().equals(record.fhirType()))
                        .anyMatch(write ->
                                sameOwner(write.resource(), record, references) && sharesIdentifier(write, record));
    }

    private static boolean sameOwner(Resource sent, Resource found, References references) {
        RecordOwners owners = new RecordOwners(references);
        Ownership ofSent =
                owners.of(sent, Optional.ofNullable(found.getIdElement().getIdPart()));
        return !(ofSent instanceof Ownership.Unknown) && ofSent.equals(owners.of(found));
    }

    private static boolean sharesIdentifier(RequestedWrite write, Resource found) {
        return identifiers(found).stream().anyMatch(one -> identifiers(write.resource()).stream()
                .anyMatch(other -> one.getSystem() != null
                        && one.getSystem().equals(other.getSystem())
                        && one.getValue() != null
                        && one.getValue().equals(other.getValue())));
    }

    private static List<Identifier> identifiers(Resource resource) {
        Property property = resource.getChildByName("identifier");
        List<Base> values = property == null ? List.of() : property.getValues();
        return values.stream()
                .filter(Identifier.class::isInstance)
                .map(Identifier.class::cast)
                .toList();
    }
}
