package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordOwnersTest {

    private static final Set<String> DIRECTORY = Set.of("Organization", "Practitioner", "AuditEvent");

    private final Map<String, Resource> stored = Map.of(
            "Observation/flag-anna", Records.withId(Records.flag(World.ANNA, ObservationStatus.FINAL), "flag-anna"),
            "Observation/hr-bernd", Records.withId(Records.heartRate(World.BERND), "hr-bernd"),
            "Device/algorithm", Records.withId(Records.algorithm(), "algorithm"),
            "Organization/clinic-1", Records.withId(new Organization(), "clinic-1"));

    private final RecordOwners owners = new RecordOwners(
            new StoredReferences((type, id) -> Optional.ofNullable(stored.get(type + "/" + id)), World.SERVER_BASE));

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
        } else if (type.equals("Provenance")) {
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
    void provenanceBelongsToEveryTargetsOwner() {
        assertThat(owners.of(Records.provenance("Observation/flag-anna/_history/1")))
                .isEqualTo(ofAnna());
        assertThat(owners.of(
                        Records.provenance("Observation/flag-anna").addTarget(new Reference("Observation/hr-bernd"))))
                .isEqualTo(new Ownership.OfPatients(Set.of(World.ANNA, World.BERND)));
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
                .setElement(resource, ELEMENTS.getOrDefault(type, "subject") + ".reference", reference);
        return resource;
    }

    private static final Map<String, String> ELEMENTS = Map.of(
            "Coverage", "beneficiary",
            "Consent", "patient",
            "Device", "patient",
            "RelatedPerson", "patient",
            "Task", "for",
            "Binary", "securityContext");
}
