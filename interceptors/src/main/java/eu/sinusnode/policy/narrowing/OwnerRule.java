package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.Ownership;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** How the records of one type tell whose they are. Which type has which rule stands in {@link OwnerRules}. */
sealed interface OwnerRule {

    /** @param ownKey what the record itself is called; see {@link RecordOwners#of(Resource, Optional)} */
    Ownership of(Resource resource, Optional<String> ownKey, RecordOwners owners);

    /** The element that has to name the patient, for the sender of a record that names none. */
    String element();

    /** What that element holds; references to others than patients may be among it. */
    default List<Reference> references(Resource resource) {
        return List.of();
    }

    /** A Patient is its own. */
    record Itself() implements OwnerRule {
        @Override
        public Ownership of(Resource resource, Optional<String> ownKey, RecordOwners owners) {
            return ownKey.map(RecordOwners::patient).orElse(RecordOwners.UNKNOWN);
        }

        @Override
        public String element() {
            return "id";
        }
    }

    /** Nobody's health record: the types of the directory. */
    record Nobody() implements OwnerRule {
        @Override
        public Ownership of(Resource resource, Optional<String> ownKey, RecordOwners owners) {
            return RecordOwners.DIRECTORY;
        }

        @Override
        public String element() {
            return "id";
        }
    }

    /** The one patient that an element names. */
    record OnePatient(String element, Function<Resource, Reference> reference) implements OwnerRule {
        @Override
        public Ownership of(Resource resource, Optional<String> ownKey, RecordOwners owners) {
            return owners.ofPatient(reference.apply(resource));
        }

        @Override
        public List<Reference> references(Resource resource) {
            return List.of(reference.apply(resource));
        }
    }

    /** The one patient that an element names; without the element it is the directory's, as an algorithm's Device is. */
    record OnePatientOrNobody(String element, Function<Resource, Reference> reference) implements OwnerRule {
        @Override
        public Ownership of(Resource resource, Optional<String> ownKey, RecordOwners owners) {
            Reference patient = reference.apply(resource);
            return patient.isEmpty() ? RecordOwners.DIRECTORY : owners.ofPatient(patient);
        }

        @Override
        public List<Reference> references(Resource resource) {
            return List.of(reference.apply(resource));
        }
    }

    /** The one patient among all whom an element names, such as the participants of an Appointment. */
    record OnePatientAmong(String element, Function<Resource, List<Reference>> named) implements OwnerRule {
        @Override
        public Ownership of(Resource resource, Optional<String> ownKey, RecordOwners owners) {
            return owners.ofOneAmong(named.apply(resource));
        }

        @Override
        public List<Reference> references(Resource resource) {
            return named.apply(resource);
        }
    }

    /** The organization that an element names: its own list. */
    record OneOrganization(String element, Function<Resource, Reference> reference) implements OwnerRule {
        @Override
        public Ownership of(Resource resource, Optional<String> ownKey, RecordOwners owners) {
            return owners.ofOrganization(reference.apply(resource));
        }
    }

    /** The one patient's whose records it speaks of. */
    record OfTargets(String element, Function<Resource, List<Reference>> targets) implements OwnerRule {
        @Override
        public Ownership of(Resource resource, Optional<String> ownKey, RecordOwners owners) {
            return owners.ofTargets(targets.apply(resource));
        }
    }

    /** A document is the subject's of its Composition, and everything in it has to be. */
    record OfDocument() implements OwnerRule {
        @Override
        public Ownership of(Resource resource, Optional<String> ownKey, RecordOwners owners) {
            return owners.ofDocument(resource);
        }

        @Override
        public String element() {
            return "entry[0].resource.subject";
        }

        @Override
        public List<Reference> references(Resource resource) {
            return DocumentContent.subject(resource).stream().toList();
        }
    }
}
