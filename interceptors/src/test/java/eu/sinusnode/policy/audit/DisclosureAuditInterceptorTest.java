package eu.sinusnode.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Canonicals;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What leaves and what is written, over HTTP, and what the audit has of it when the answer arrives. */
class DisclosureAuditInterceptorTest {

    private static final String PLACEHOLDER = "urn:uuid:5f6a1c1e-43a5-4a0c-9c58-0d6b3a2c7e01";

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final Map<String, Object> clinician = Callers.clinician(World.CLINIC);
    private final Map<String, Object> clinic = Callers.clinicSystem(World.CLINIC);

    @BeforeEach
    void records() {
        server.given(Records.withId(Records.heartRate(World.ANNA), "hr-anna"));
        server.given(Records.withId(Records.bodyWeight(World.ANNA), "kg-anna"));
        server.given(Records.withId(Records.heartRate(World.BERND), "hr-bernd"));
    }

    @Test
    void readIsRecordedWithRecordPatientAndRequest() {
        Answer answer = server.get(clinician, "Observation/hr-anna");
        AuditEntry entry = onlyEntry();
        assertThat(entry.request().requestId()).isEqualTo(answer.header("x-request-id"));
        assertThat(entry.request().interaction()).isEqualTo(AuditedInteraction.READ);
        assertThat(entry.outcome()).isEqualTo(new AuditOutcome.Granted("consent"));
        assertThat(entry.records()).containsExactly(new AuditedRecord("anna", "Observation", "hr-anna", "1"));
        assertThat(entry.recorded()).isEqualTo(World.NOW);
        assertThat(server.disclosed).singleElement().satisfies(event -> {
            assertThat(event.getAgent().get(2).getPolicy().get(0).getValue()).isEqualTo("urn:jti:token-1");
            assertThat(references(event)).contains("Observation/hr-anna/_history/1", "Patient/anna");
        });
    }

    @Test
    void everyPatientOfASearchHasAnEventOfItsOwn() {
        server.get(clinician, "Observation?patient=anna,bernd&code=http://loinc.org%7C8867-4");
        assertThat(onlyEntry().patients()).containsExactly("anna", "bernd");
        assertThat(server.disclosed).hasSize(2);
        assertThat(references(server.disclosed.get(0))).contains("Observation/hr-anna/_history/1", "Patient/anna");
        assertThat(references(server.disclosed.get(0))).noneMatch(reference -> reference.contains("bernd"));
        assertThat(query(server.disclosed.get(0)))
                .startsWith("GET " + World.SERVER_BASE + "/Observation?code=http%3A%2F%2Floinc.org%7C8867-4&patient=~")
                .doesNotContain("anna", "bernd");
    }

    @Test
    void searchIsRecordedAsItWasAskedNotAsItWasNarrowed() {
        server.get(clinician, "Observation");
        assertThat(query(server.disclosed.get(0))).isEqualTo("GET " + World.SERVER_BASE + "/Observation");
    }

    @Test
    void searchByFormIsRecordedAsAForm() {
        server.form(clinician, "Patient/_search?_count=5", "family=Meier&identifier=A123456780");
        assertThat(query(server.disclosed.get(0)))
                .startsWith("POST " + World.SERVER_BASE + "/Patient/_search?_count=5\n\nfamily=~test.")
                .contains("&identifier=~test.")
                .doesNotContain("Meier", "A123456780");
    }

    @Test
    void searchThatFindsNothingOfANamedPatientIsRecordedForThatPatient() {
        server.get(clinician, "Condition?patient=anna");
        assertThat(onlyEntry().records()).containsExactly(new AuditedRecord("anna", "Condition", null, null));
    }

    @Test
    void patientsOwnLookIsRecordedToo() {
        server.get(Callers.patient(World.ANNA), "Observation/hr-anna");
        server.get(Callers.patient(World.ANNA), "Condition");
        assertThat(server.entries).allSatisfy(entry -> {
            assertThat(entry.patients()).containsExactly("anna");
            assertThat(entry.caller()).extracting(AuditedCaller::kind).isEqualTo("patient");
        });
        assertThat(server.entries).hasSize(2);
    }

    @Test
    void directoryIsRecordedWithoutAPatient() {
        server.get(Callers.patient(World.ANNA), "Organization");
        assertThat(onlyEntry().patients()).isEmpty();
        assertThat(onlyEntry().records()).isNotEmpty();
    }

    @Test
    void provenanceOfTwoPatientsConcernsBoth() {
        Resource both = Records.provenance("Observation/hr-anna");
        ((org.hl7.fhir.r4.model.Provenance) both).addTarget(new Reference("Patient/anna"));
        server.given(Records.withId(both, "why"));
        server.get(clinician, "Provenance/why");
        assertThat(onlyEntry().records()).containsExactly(new AuditedRecord("anna", "Provenance", "why", "1"));
    }

    @Test
    void onlyWhatLeavesIsRecordedAsDisclosed() {
        server.given(Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag-anna"));
        server.get(Callers.patient(World.ANNA), "Observation/flag-anna");
        assertThat(server.disclosed).isEmpty();
        assertThat(server.audited).hasSize(1);
        server.entries.clear();
        server.get(Callers.insurer(), "Observation?patient=anna,clara");
        assertThat(granted().patients()).containsExactly("anna");
        assertThat(granted().records()).extracting(AuditedRecord::id).containsExactlyInAnyOrder("hr-anna", "kg-anna");
    }

    @Test
    void insurersGetDisclosures() {
        server.get(Callers.insurer(), "Observation/hr-anna");
        AuditEvent event = server.disclosed.get(0);
        assertThat(event.getType().getCode()).isEqualTo("110106");
        assertThat(event.getSubtype()).extracting(subtype -> subtype.getCode()).containsExactly("read", "disclose");
        assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode())
                .isEqualTo("HPAYMT");
    }

    @Test
    void createIsRecordedWithTheNewId() {
        Answer answer = server.post(clinic, "Observation", Records.heartRate(World.BERND));
        assertThat(answer.status()).isEqualTo(201);
        AuditedRecord record = onlyEntry().records().get(0);
        assertThat(onlyEntry().request().interaction()).isEqualTo(AuditedInteraction.CREATE);
        assertThat(answer.header("location")).contains("/Observation/" + record.id() + "/_history/" + record.version());
        assertThat(record.patientId()).isEqualTo("bernd");
    }

    @Test
    void updateIsRecordedWithTheNewVersion() {
        server.given(Records.withId(Records.condition(World.ANNA, "I10.90"), "high"));
        assertThat(server.put(
                                clinician,
                                "Condition/high",
                                Records.withId(Records.condition(World.ANNA, "I10.91"), "high"))
                        .status())
                .isEqualTo(200);
        assertThat(onlyEntry().request().interaction()).isEqualTo(AuditedInteraction.UPDATE);
        assertThat(onlyEntry().records()).containsExactly(new AuditedRecord("anna", "Condition", "high", "2"));
    }

    @Test
    void repeatedUploadIsRecordedAsWhatItIsARead() {
        Answer answer = server.post(
                clinic,
                "Observation",
                Records.heartRate(World.ANNA),
                "If-None-Exist",
                "identifier=" + Canonicals.VITAL_IDENTIFIER + "|anna-8867-4");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(onlyEntry().request().interaction()).isEqualTo(AuditedInteraction.READ);
        assertThat(onlyEntry().records()).containsExactly(new AuditedRecord("anna", "Observation", "hr-anna", "1"));
    }

    @Test
    void entriesOfATransactionAreRecordedWithTheirPatientsAlsoNewOnes() {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        post(bundle, Records.patient(""), PLACEHOLDER);
        Observation ofNew = Records.heartRate(World.ANNA);
        ofNew.setSubject(new Reference(PLACEHOLDER));
        post(bundle, ofNew, null);
        post(bundle, Records.heartRate(World.BERND), null);
        bundle.addEntry()
                .setResource(Records.withId(new Organization().setName("New"), World.CLINIC))
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl("Organization/" + World.CLINIC);

        assertThat(server.post(Callers.administrator(), "", bundle).status()).isEqualTo(200);

        assertThat(server.entries).hasSize(2);
        AuditEntry created = server.entries.get(0);
        assertThat(created.request().interaction()).isEqualTo(AuditedInteraction.CREATE);
        assertThat(created.request().operation()).isEqualTo("transaction");
        String newPatient = String.valueOf(created.records().get(0).id());
        assertThat(created.records())
                .extracting(AuditedRecord::patientId)
                .containsExactly(newPatient, newPatient, "bernd");
        assertThat(created.records())
                .allSatisfy(record -> assertThat(record.id()).isNotNull());
        AuditEntry updated = server.entries.get(1);
        assertThat(updated.request().interaction()).isEqualTo(AuditedInteraction.UPDATE);
        assertThat(updated.records()).singleElement().satisfies(record -> assertThat(record.id())
                .isEqualTo(World.CLINIC));
    }

    @Test
    void operationThatWritesItsAnswerItselfDoesNotGoUnseen() {
        server.get(Callers.job(), "$vital-readings?patients=5&after=anna");
        assertThat(onlyEntry().request().interaction()).isEqualTo(AuditedInteraction.OPERATION);
        assertThat(onlyEntry().request().operation()).isEqualTo("$vital-readings");
        assertThat(onlyEntry().request().query())
                .startsWith("$vital-readings?after=~test.")
                .endsWith("&patients=5");
    }

    @Test
    void everyRefusalIsFoundByItsRequestId() {
        for (Answer answer : List.of(
                server.get(clinician, "Observation/unknown"),
                server.get(clinician, "Observation?nonsense=1"),
                server.get(clinician, "Nonsense/1"),
                server.raw(clinic, "POST", "Observation", "{\"resourceType\":\"Observation\",\"status\":"),
                server.raw(clinic, "PATCH", "Observation/hr-anna", "[]"),
                server.get(clinician, "_history"),
                server.get(null, "Observation/hr-anna"))) {
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(server.entries)
                    .as(answer.body())
                    .filteredOn(entry -> entry.request().requestId().equals(answer.header("x-request-id")))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.outcome()).isInstanceOf(AuditOutcome.Denied.class));
        }
        assertThat(server.disclosed).isEmpty();
    }

    @Test
    void disclosureThatCannotBeRecordedDoesNotLeave() {
        server.auditFailure = new IllegalStateException("the disk is full");
        for (Answer answer : List.of(
                server.get(clinician, "Observation/hr-anna"),
                server.get(clinician, "Observation?patient=anna"),
                server.get(Callers.patient(World.ANNA), "Patient/anna"))) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).doesNotContain("anna", "8867-4", "disk");
        }
    }

    private static void post(Bundle bundle, Resource resource, @Nullable String fullUrl) {
        bundle.addEntry()
                .setFullUrl(fullUrl)
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(resource.fhirType());
    }

    private static AuditEntry onlyEntry() {
        assertThat(server.entries).hasSize(1);
        return server.entries.get(0);
    }

    private static AuditEntry granted() {
        return server.entries.stream()
                .filter(entry -> entry.outcome() instanceof AuditOutcome.Granted)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> references(AuditEvent event) {
        return event.getEntity().stream()
                .map(entity -> String.valueOf(entity.getWhat().getReference()))
                .toList();
    }

    private static String query(AuditEvent event) {
        return event.getEntity().stream()
                .filter(AuditEvent.AuditEventEntityComponent::hasQuery)
                .map(entity -> new String(entity.getQuery(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
