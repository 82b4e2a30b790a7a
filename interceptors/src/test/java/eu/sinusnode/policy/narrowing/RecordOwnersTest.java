package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Claim;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordOwnersTest {

    /** Written down by hand: to make a type nobody's is to show it to everybody whom the matrix lets. */
    private static final Set<String> DIRECTORY = Set.of(
            "ActivityDefinition",
            "AuditEvent",
            "HealthcareService",
            "Location",
            "MeasureReport",
            "Medication",
            "Organization",
            "PlanDefinition",
            "Practitioner",
            "PractitionerRole",
            "Questionnaire",
            "Schedule",
            "Slot",
            "Subscription");

    private final Map<String, Resource> stored = Map.of(
            "Observation/flag-anna", Records.withId(Records.flag(World.ANNA, ObservationStatus.FINAL), "flag-anna"),
            "Observation/hr-bernd", Records.withId(Records.heartRate(World.BERND), "hr-bernd"),
            "Device/algorithm", Records.withId(Records.algorithm(), "algorithm"),
            "Organization/clinic-1", Records.withId(new Organization(), "clinic-1"));

    private final RecordOwners owners = new RecordOwners(
            new StoredReferences((type, id) -> Optional.ofNullable(stored.get(type + "/" + id)), World.SERVER_BASE));

    /** Were it stored past the server, nobody had it. */
    @Test
    void whatContainsSomebodysRecordIsNobodysToSee() {
        Observation vital = Records.withId(Records.heartRate(World.ANNA), "vital");
        vital.addContained(Records.withId(new Organization(), "inside"));
        assertThat(owners.of(vital)).isEqualTo(new Ownership.OfPatients(Set.of(World.ANNA)));
        vital.addContained(Records.withId(Records.patient(World.BERND), "other"));
        assertThat(owners.of(vital)).isEqualTo(RecordOwners.UNKNOWN);
    }

    static Stream<String> typesOfTheMatrix() {
        return AccessMatrix.standard().resourceTypes().stream().sorted();
    }

    /** A type that is opened in the matrix but forgotten here would be hidden from everybody. */
    @ParameterizedTest
    @MethodSource("typesOfTheMatrix")
    void everyOpenTypeHasItsOwner(String type) {
        Resource empty =
                (Resource) PolicyServer.FHIR.getResourceDefinition(type).newInstance();
        if (DIRECTORY.contains(type)) {
            assertThat(owners.of(empty)).isEqualTo(new Ownership.Directory());
        } else if (type.equals("Patient")) {
            assertThat(owners.of(Records.patient(World.ANNA))).isEqualTo(ofAnna());
        } else if (type.equals("Provenance") || type.equals("Bundle")) {
            assertThat(owners.of(empty)).isEqualTo(new Ownership.Unknown());
        } else if (type.equals("Group")) {
            assertThat(owners.of(empty)).isEqualTo(new Ownership.Unknown());
            assertThat(owners.of(new Group().setManagingEntity(new Reference("Organization/" + World.INSURER))))
                    .isEqualTo(new Ownership.OfOrganization(World.INSURER));
        } else {
            assertThat(owners.of(empty))
                    .isEqualTo(type.equals("Device") ? new Ownership.Directory() : new Ownership.Unknown());
            assertThat(owners.of(withOwner(type, "Patient/" + World.ANNA))).isEqualTo(ofAnna());
        }
    }

    @Test
    void theRulesAreThoseOfTheOpenTypes() {
        assertThat(OwnerRules.types()).isEqualTo(AccessMatrix.standard().resourceTypes());
    }

    /** What an open type's records are found by is told too, or a search could not be narrowed. */
    @ParameterizedTest
    @MethodSource("typesOfTheMatrix")
    void everySearchableTypeIsFoundByItsOwner(String type) {
        boolean byPatient = OwnerParameters.of(type).isPresent();
        if (DIRECTORY.contains(type) || Set.of("Binary", "Group", "Provenance").contains(type)) {
            assertThat(byPatient).isFalse();
        } else {
            assertThat(byPatient).isTrue();
            OwnerParameters parameters = OwnerParameters.of(type).orElseThrow();
            Set<String> open = new HashSet<>(AccessMatrix.standard().searchParameters(type));
            open.add("_id");
            assertThat(open).containsAll(parameters.naming()).contains(parameters.narrowing());
        }
    }

    @Test
    void aTypeThatIsNotOpenIsNobodysToSee() {
        assertThat(owners.of(new Claim().setPatient(new Reference("Patient/" + World.ANNA))))
                .isEqualTo(new Ownership.Unknown());
    }

    @Test
    void anAppointmentBelongsToTheOnePatientWhoTakesPart() {
        Appointment one = appointment("Patient/anna", "Practitioner/dr-who");
        assertThat(owners.of(one)).isEqualTo(ofAnna());
        assertThat(owners.of(appointment("Patient/anna", World.SERVER_BASE + "/Patient/anna/_history/1")))
                .isEqualTo(ofAnna());
        assertThat(owners.of(appointment("Practitioner/dr-who", "Patient/anna", "Patient/bernd")))
                .as("a search for Anna's would find and count what is Bernd's too")
                .isEqualTo(new Ownership.Unknown());
        assertThat(owners.of(appointment("Practitioner/dr-who"))).isEqualTo(new Ownership.Unknown());
        assertThat(owners.of(appointment("Patient/anna", "https://elsewhere.example/fhir/Patient/x")))
                .as("somebody who cannot be told")
                .isEqualTo(new Ownership.Unknown());
        one.addParticipant().setActor(new Reference().setDisplay("a guest"));
        assertThat(owners.of(one)).isEqualTo(ofAnna());
    }

    @Test
    void aMessageBelongsToItsSubject() {
        Communication message = new Communication()
                .setSubject(new Reference("Patient/anna"))
                .setSender(new Reference("Practitioner/dr-who"))
                .addRecipient(new Reference("Patient/anna"));
        assertThat(owners.of(message)).isEqualTo(ofAnna());
        message.setSubject(null);
        assertThat(owners.of(message)).as("a search would not find it").isEqualTo(new Ownership.Unknown());
    }

    @Test
    void aDocumentIsItsSubjectsWhenAllInItIs() {
        Bundle document = Records.document(World.ANNA, Records.heartRate(World.ANNA), new Organization());
        assertThat(owners.of(document)).isEqualTo(ofAnna());

        assertThat(owners.of(Records.document(World.ANNA, Records.heartRate(World.BERND))))
                .isEqualTo(new Ownership.Unknown());
        assertThat(owners.of(Records.document(World.ANNA, Records.patient(World.BERND))))
                .isEqualTo(new Ownership.Unknown());
        assertThat(owners.of(Records.document(World.ANNA, new AuditEvent()))).isEqualTo(new Ownership.Unknown());
        assertThat(owners.of(Records.document(World.ANNA, new Claim()))).isEqualTo(new Ownership.Unknown());
        assertThat(owners.of(document.copy().setType(BundleType.COLLECTION))).isEqualTo(new Ownership.Unknown());
        assertThat(owners.of(new Bundle().setType(BundleType.DOCUMENT))).isEqualTo(new Ownership.Unknown());
    }

    /** An in-document name may not lead to somebody else's record under the subject's. */
    @Test
    void aPartIsReadByTheNamesOfItsDocument() {
        Bundle document = Records.document(World.ANNA);
        document.addEntry().setFullUrl("urn:uuid:1").setResource(Records.patient(World.BERND));
        document.addEntry()
                .setFullUrl("urn:uuid:2")
                .setResource(new Observation().setSubject(new Reference("urn:uuid:1")));
        assertThat(owners.of(document)).isEqualTo(new Ownership.Unknown());
    }

    private static Appointment appointment(String... actors) {
        Appointment appointment = new Appointment();
        for (String actor : actors) {
            appointment.addParticipant().setActor(new Reference(actor));
        }
        return appointment;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Group/1",
                "Patient?identifier=x",
                "https://elsewhere.example/fhir/Patient/anna",
                "#anna",
                "anna",
                "urn:uuid:1"
            })
    void ownerThatIsNoPatientHereIsUnknown(String reference) {
        assertThat(owners.of(withOwner("Observation", reference))).isEqualTo(new Ownership.Unknown());
        assertThat(owners.of(withOwner("Device", reference))).isEqualTo(new Ownership.Unknown());
    }

    @Test
    void patientMayBeNamedByVersionOrByThisServersAddress() {
        assertThat(owners.of(withOwner("Observation", "Patient/anna/_history/2")))
                .isEqualTo(ofAnna());
        assertThat(owners.of(withOwner("Observation", World.SERVER_BASE + "/Patient/anna")))
                .isEqualTo(ofAnna());
    }

    @Test
    void provenanceBelongsToTheOneOwnerOfItsTargets() {
        assertThat(owners.of(Records.provenance("Observation/flag-anna/_history/1")))
                .isEqualTo(ofAnna());
        assertThat(owners.of(
                        Records.provenance("Observation/flag-anna").addTarget(new Reference("Observation/hr-bernd"))))
                .as("a search for Anna's flag would find and count what is Bernd's too")
                .isEqualTo(new Ownership.Unknown());
        assertThat(owners.of(Records.provenance("Organization/clinic-1"))).isEqualTo(new Ownership.Directory());
        assertThat(owners.of(Records.provenance("Observation/flag-anna").addTarget(new Reference("Device/algorithm"))))
                .isEqualTo(ofAnna());
        assertThat(owners.of(Records.provenance("Observation/flag-anna").addTarget(new Reference("Observation/gone"))))
                .as("one target that cannot be told hides it")
                .isEqualTo(new Ownership.Unknown());
    }

    private static Ownership ofAnna() {
        return new Ownership.OfPatients(Set.of(World.ANNA));
    }

    private static Resource withOwner(String type, String reference) {
        Resource resource =
                (Resource) PolicyServer.FHIR.getResourceDefinition(type).newInstance();
        PolicyServer.FHIR
                .newTerser()
                .addElement(resource, ELEMENTS.getOrDefault(type, "subject") + ".reference", reference);
        return resource;
    }

    private static final Map<String, String> ELEMENTS = Map.of(
            "AllergyIntolerance", "patient",
            "Appointment", "participant.actor",
            "Coverage", "beneficiary",
            "Consent", "patient",
            "Device", "patient",
            "Immunization", "patient",
            "NutritionOrder", "patient",
            "RelatedPerson", "patient",
            "Task", "for",
            "Binary", "securityContext");
}
