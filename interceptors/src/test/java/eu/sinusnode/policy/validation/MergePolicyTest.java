package eu.sinusnode.policy.validation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Directive.Effect;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.narrowing.Membership;
import eu.sinusnode.policy.narrowing.RecordOwners;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.policy.narrowing.StoredReferences;
import eu.sinusnode.policy.testing.Directives;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.policy.validation.MergePolicy.Access;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePolicyTest {

    private static final Instant NOW = World.NOW;

    private final MergePolicy policy = new MergePolicy(PolicyServer.FHIR);
    private final Map<String, Resource> stored = new HashMap<>();
    private final References references =
            new StoredReferences((type, id) -> Optional.ofNullable(stored.get(type + "/" + id)), World.SERVER_BASE);

    // Whether they can be one person

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "X110411675, X110411675, -",
                "X110411675, -, -",
                "-, X110411675, -",
                "-, -, -",
                "X110411675, B123456782, Patient.identifier"
            })
    void twoInsuranceNumbersAreTwoPeople(@Nullable String one, @Nullable String other, @Nullable String refused) {
        List<WriteIssue> issues = policy.decidePatients(person("anna", one), person("bernd", other));
        assertThat(issues)
                .extracting(WriteIssue::path)
                .containsExactlyElementsOf(Optional.ofNullable(refused).stream().toList());
    }

    @Test
    void whoEndedTakesNobodyAndWhoWasMergedIsNotMergedElsewhere() {
        Patient anna = person("anna", null);
        Patient bernd = person("bernd", null);
        assertThat(policy.decidePatients(anna, anna)).isNotEmpty();
        assertThat(policy.decidePatients(anna, person("bernd", null).setActive(false)))
                .extracting(WriteIssue::path)
                .containsExactly("Patient.active");
        assertThat(policy.decidePatients(person("anna", null).setActive(false), bernd))
                .as("the source may have ended")
                .isEmpty();
        Patient replaced = person("anna", null);
        PatientLinks.replace(replaced, "bernd");
        assertThat(policy.decidePatients(replaced, bernd)).as("once more").isEmpty();
        assertThat(policy.decidePatients(replaced, person("clara", null))).isNotEmpty();
        assertThat(policy.decidePatients(bernd, replaced)).isNotEmpty();
        PatientLinks.replace(replaced, "bernd");
        assertThat(replaced.getLink()).singleElement().satisfies(link -> assertThat(link.getType())
                .isEqualTo(LinkType.REPLACEDBY));
    }

    // Whether the records can move

    @Test
    void eachTypeOfAPatientsRecordMovesStaysOrRefuses() {
        Set<String> refusing = new TreeSet<>();
        for (String type : AccessMatrix.standard().resourceTypes()) {
            boolean ofPatients = RecordOwners.inWords(type).contains("patient");
            if (ofPatients
                    && !MergePolicy.movingTypes().contains(type)
                    && !MergePolicy.followingTypes().contains(type)
                    && !MergePolicy.stayingTypes().contains(type)) {
                refusing.add(type);
            }
        }
        assertThat(refusing).containsExactly("Account", "Binary", "Bundle");
        assertThat(AccessMatrix.standard().resourceTypes())
                .containsAll(MergePolicy.movingTypes())
                .containsAll(MergePolicy.followingTypes())
                .containsAll(MergePolicy.stayingTypes());
    }

    @Test
    void aWholeRecordMoves() {
        Observation vital = put(Records.withId(Records.heartRate("anna"), "hr"));
        vital.setDevice(new Reference("Device/cuff"));
        vital.addPerformer(new Reference("Patient/anna"));
        vital.addPerformer(new Reference("Organization/clinic"));
        put(Records.withId(Records.cuff("anna"), "cuff"));
        put(Records.withId(new Organization(), "clinic"));
        assertThat(decide("hr", "cuff")).isEmpty();
    }

    @Test
    void whatRefersToWhatStaysDoesNotMove() {
        Observation vital = put(Records.withId(Records.heartRate("anna"), "hr"));
        vital.addPerformer(new Reference("RelatedPerson/daughter"));
        put(Records.withId(new RelatedPerson().setPatient(new Reference("Patient/anna")), "daughter"));
        assertThat(decide("hr", "daughter")).extracting(WriteIssue::path).containsExactly("Observation");

        CareTeam team = put(Records.withId(new CareTeam(), "team"));
        team.setSubject(new Reference("Patient/anna")).setEncounter(new Reference("Encounter/stay"));
        put(Records.withId(new Encounter().setSubject(new Reference("Patient/anna")), "stay"));
        assertThat(decide("team", "stay")).extracting(WriteIssue::path).containsExactly("CareTeam");
        assertThat(decide("team")).as("alone it stays").isEmpty();
    }

    @Test
    void aProvenanceGoesWithWhatItIsAbout() {
        put(Records.withId(Records.flag("anna", ObservationStatus.FINAL), "flag"));
        Provenance made = put(Records.withId(Records.provenance("Observation/flag/_history/1"), "made"));
        made.addEntity().setWhat(new Reference("Patient/anna/_history/1"));
        assertThat(decide("flag", "made")).isEmpty();
        assertThat(following("flag", "made")).containsExactly(made);

        put(Records.withId(Records.provenance("Patient/anna/_history/2"), "of-anna"));
        assertThat(decide("flag", "of-anna")).isEmpty();
        assertThat(following("flag", "of-anna")).as("it stays with the Patient").isEmpty();

        Provenance torn = put(Records.withId(Records.provenance("Observation/flag/_history/1"), "torn"));
        torn.addTarget(new Reference("Patient/anna/_history/1"));
        assertThat(decide("flag", "torn")).extracting(WriteIssue::path).containsExactly("Provenance");

        put(Records.withId(new Organization(), "clinic"));
        torn.getTarget().get(1).setReference("Organization/clinic");
        assertThat(decide("flag", "torn")).as("the directory is nobody's").isEmpty();

        ServiceRequest order = put(Records.withId(new ServiceRequest(), "order"));
        order.setSubject(new Reference("Patient/anna")).addRelevantHistory(new Reference("Provenance/made"));
        assertThat(decide("flag", "made", "order")).isEmpty();
        order.getRelevantHistoryFirstRep().setReference("Provenance/of-anna");
        assertThat(decide("flag", "of-anna", "order"))
                .extracting(WriteIssue::path)
                .containsExactly("ServiceRequest");
    }

    @Test
    void documentsAndWhatIsNotTheSourcesRefuse() {
        Bundle document = put(Records.withId(new Bundle(), "letter"));
        document.setType(Bundle.BundleType.DOCUMENT);
        assertThat(decide("letter")).extracting(WriteIssue::path).containsExactly("Bundle");
        put(Records.withId(Records.heartRate("bernd"), "of-bernd"));
        assertThat(decide("of-bernd")).hasSize(1);
        Observation versioned = put(Records.withId(Records.heartRate("anna"), "unknown"));
        versioned.addDerivedFrom(new Reference("Observation/never-stored"));
        assertThat(decide("unknown")).hasSize(1);
    }

    private List<WriteIssue> decide(String... ids) {
        return policy.decideRecords("anna", records(ids), references);
    }

    private List<Resource> following(String... ids) {
        return policy.following(records(ids), references);
    }

    private List<Resource> records(String... ids) {
        return stored.values().stream()
                .filter(record -> List.of(ids).contains(record.getIdElement().getIdPart()))
                .toList();
    }

    // Whether somebody sees more

    @Test
    void theSameAccessOrLessIsNotMore() {
        Access both = new Access(
                List.of(permit("clinic", null, null, NOW.minusSeconds(60), null)),
                List.of(member("clinic", Relationship.CARE_TEAM, null)));
        Access nobody = new Access(List.of(), List.of());
        assertThat(policy.decideAccess(both, both, NOW)).isEmpty();
        assertThat(policy.decideAccess(both, nobody, NOW)).isEmpty();
        assertThat(policy.decideAccess(nobody, nobody, NOW)).isEmpty();
        assertThat(policy.decideAccess(nobody, both, NOW))
                .extracting(WriteIssue::path)
                .containsExactly("Consent", "Patient");
    }

    @Test
    void aPermitIsCoveredByOneThatIsAsWide() {
        Directive all = permit("clinic", null, null, NOW.minusSeconds(60), null);
        Directive observations = permit("clinic", "Observation", null, NOW.minusSeconds(60), null);
        Directive rates = permit("clinic", "Observation", Codes.HEART_RATE, NOW.minusSeconds(60), null);
        Directive later = permit("clinic", null, null, NOW.plusSeconds(60), null);
        Directive ending = permit("clinic", null, null, NOW.minusSeconds(60), NOW.plusSeconds(60));
        Directive ended = permit("clinic", null, null, NOW.minusSeconds(60), NOW);
        Directive other = permit("other", null, null, NOW.minusSeconds(60), null);
        assertThat(covered(all, observations)).isTrue();
        assertThat(covered(all, rates)).isTrue();
        assertThat(covered(observations, rates)).isTrue();
        assertThat(covered(observations, all)).isFalse();
        assertThat(covered(rates, observations)).isFalse();
        assertThat(covered(all, later)).isTrue();
        assertThat(covered(later, all)).as("the target's holds earlier").isFalse();
        assertThat(covered(all, ending)).isTrue();
        assertThat(covered(ending, all)).as("the target's holds longer").isFalse();
        assertThat(covered(other, all)).isFalse();
        assertThat(covered(other, ended)).as("what has ended shows nothing").isTrue();
        assertThat(covered(ended, all)).isFalse();
    }

    @Test
    void whatTheSourceDeniesIsNotMadeOpenByTheTarget() {
        Directive all = permit("clinic", null, null, NOW.minusSeconds(60), null);
        Directive deny = Directives.deny("p", "clinic", Purpose.TREAT, Directives.target("Condition", null));
        Access denying = new Access(List.of(all, deny), List.of());
        Access open = new Access(List.of(all), List.of());
        assertThat(policy.decideAccess(denying, open, NOW)).isNotEmpty();
        assertThat(policy.decideAccess(open, denying, NOW))
                .as("the target shows less than the source")
                .isEmpty();
    }

    private boolean covered(Directive source, Directive target) {
        return policy.decideAccess(new Access(List.of(source), List.of()), new Access(List.of(target), List.of()), NOW)
                .isEmpty();
    }

    @Test
    void aLinkIsCoveredByOneOfTheSameKind() {
        Membership team = member("clinic", Relationship.CARE_TEAM, null);
        assertThat(linked(team, team)).isTrue();
        assertThat(linked(member("other", Relationship.CARE_TEAM, null), team)).isFalse();
        assertThat(linked(member("clinic", Relationship.COVERAGE, null), team)).isFalse();
        assertThat(linked(member("clinic", Relationship.CARE_TEAM, NOW.plusSeconds(9)), team))
                .isFalse();
        assertThat(linked(team, member("other", Relationship.DEVICE, null)))
                .as("a gateway sees nothing")
                .isTrue();
        assertThat(linked(team, member("daughter", Relationship.REPRESENTATIVE, null)))
                .isFalse();
        assertThat(linked(team, member("other", Relationship.CARE_TEAM, NOW))).isTrue();
    }

    private boolean linked(Membership source, Membership target) {
        return policy.decideAccess(new Access(List.of(), List.of(source)), new Access(List.of(), List.of(target)), NOW)
                .isEmpty();
    }

    private static Directive permit(
            String organization, @Nullable String type, @Nullable String code, Instant from, @Nullable Instant to) {
        return Directives.of(
                Effect.PERMIT,
                "p",
                organization,
                Purpose.TREAT,
                Directives.target(type, code == null ? null : new Code(Codes.LOINC, code)),
                new Validity(from, to));
    }

    private static Membership member(String party, Relationship relationship, @Nullable Instant to) {
        return new Membership("p", party, relationship, "CareTeam", "source", Instant.EPOCH, to);
    }

    private static Patient person(String id, @Nullable String number) {
        Patient patient = Records.patient(id);
        if (number != null) {
            patient.addIdentifier().setSystem(Codes.KVNR).setValue(number);
        }
        return patient;
    }

    private <T extends Resource> T put(T resource) {
        stored.put(resource.fhirType() + "/" + resource.getIdElement().getIdPart(), resource);
        return resource;
    }
}
