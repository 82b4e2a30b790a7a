package eu.sinusnode.policy.narrowing;

import eu.sinusnode.profiles.Canonicals;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** By what a patient's record is known to who brought it. */
public record SentIdentifier(String resourceType, String patientId, String system, String value) {

    private static final String ONLY = SentIdentifier.class.getName() + ".only";

    /** Empty when the record has none, or does not belong to one patient who is stored already. */
    public static List<SentIdentifier> of(Resource record) {
        Optional<String> patient = patient(record);
        return patient.isEmpty()
                ? List.of()
                : identifiers(record).stream()
                        .filter(Identifier::hasSystem)
                        .filter(Identifier::hasValue)
                        .map(identifier -> of(record, patient.get(), identifier))
                        .distinct()
                        .toList();
    }

    /** One of the record's own identifiers. */
    static Optional<SentIdentifier> of(Resource record, Identifier identifier) {
        return patient(record).map(patient -> of(record, patient, identifier));
    }

    /** Whether it is of a vital sign, of which a sender has one alone, with or without a condition. */
    public boolean isVital() {
        return resourceType.equals("Observation") && system.equals(Canonicals.VITAL_IDENTIFIER);
    }

    /** As a client would write it into If-None-Exist. */
    public String condition() {
        return "identifier=" + system + "|" + value;
    }

    /** That its sender must not have another one goes with the new record to the storage. */
    public void attachAsOnly(Resource created) {
        created.setUserData(ONLY, this);
    }

    /** Whether the record may be stored only if its sender has no other one of the identifier. */
    public boolean mustBeOnly(Resource created) {
        return isVital() || equals(created.getUserData(ONLY));
    }

    private static SentIdentifier of(Resource record, String patient, Identifier identifier) {
        return new SentIdentifier(record.fhirType(), patient, identifier.getSystem(), identifier.getValue());
    }

    /** Whose the record is, when it names one stored Patient. */
    public static Optional<String> patient(Resource record) {
        List<String> patients = RecordOwners.ownerReferences(record).stream()
                .map(Reference::getReferenceElement)
                .filter(named -> "Patient".equals(named.getResourceType()) && named.hasIdPart())
                .map(named -> named.getIdPart())
                .distinct()
                .toList();
        return patients.size() == 1 ? Optional.of(patients.get(0)) : Optional.empty();
    }

    static List<Identifier> identifiers(Resource resource) {
        Property property = resource.getNamedProperty("identifier");
        return property == null
                ? List.of()
                : property.getValues().stream()
                        .filter(Identifier.class::isInstance)
                        .map(Identifier.class::cast)
                        .toList();
    }
}
