package eu.sinusnode.policy.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Canonicals;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions over HTTP: each entry is decided as the single request would be, and one refusal stores nothing. */
class TransactionInterceptorTest {

    private static final String FIRST = "urn:uuid:11111111-1111-4111-8111-111111111111";
    private static final String SECOND = "urn:uuid:22222222-2222-4222-8222-222222222222";

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final Map<String, Object> clinic = Callers.clinicSystem(World.CLINIC);

    @BeforeEach
    void records() {
        server.given(Records.withId(Records.heartRate(World.DORA), "hr-dora"));
        server.given(Records.withId(Records.cuff(World.DORA), "cuff-dora"));
    }

    @Test
    void vitalsAndWhatTheyReferToAreStoredTogether() {
        Bundle bundle = transaction();
        post(bundle, Records.cuff(World.ANNA), FIRST);
        Observation vital = Records.heartRate(World.ANNA);
        vital.setDevice(new Reference(FIRST));
        post(bundle, vital, SECOND);
        Answer answer = server.post(clinic, "", bundle);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bundle().getEntry()).hasSize(2);
        assertThat(server.audited).isEmpty();
    }

    @Test
    void loaderBringsPatientAndRecordsInOneGo() {
        Bundle bundle = transaction();
        put(bundle, Records.patient("emil"));
        put(bundle, Records.withId(Records.heartRate("emil"), "hr-emil"));
        assertThat(server.post(Callers.administrator(), "", bundle).status()).isEqualTo(200);
    }

    @Test
    void jobWritesFlagTaskAndProvenanceTogether() {
        Bundle bundle = transaction();
        post(bundle, Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), FIRST);
        post(bundle, Records.provenance(FIRST), null);
        var task = Records.signOff(World.ANNA, "x");
        task.setFocus(new Reference(FIRST));
        post(bundle, task, null);
        assertThat(server.post(Callers.job(), "", bundle).status()).isEqualTo(200);
    }

    @Test
    void entryForAnotherPatientRefusesTheWhole() {
        Bundle bundle = transaction();
        post(bundle, Records.heartRate(World.ANNA), null);
        post(bundle, Records.heartRate(World.DORA), null);
        int before = server.provider("Observation").size();
        Answer answer = server.post(clinic, "", bundle);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.outcome().getIssue()).singleElement().satisfies(issue -> assertThat(
                        issue.getExpression().get(0).getValue())
                .isEqualTo("Bundle.entry[1].resource.subject"));
        assertThat(server.provider("Observation").size()).isEqualTo(before);
    }

    @Test
    void referenceBetweenEntriesOfDifferentPatientsIsRefused() {
        server.permits.permit(World.BERND, World.CLINIC, Purpose.TREAT);
        Bundle bundle = transaction();
        post(bundle, Records.cuff(World.BERND), FIRST);
        Observation vital = Records.heartRate(World.ANNA);
        vital.setDevice(new Reference(FIRST));
        post(bundle, vital, null);
        assertThat(server.post(clinic, "", bundle).code()).isEqualTo("SN-REFERENCE-001");
    }

    @Test
    void faultsOfAllEntriesAreNamedAtOnce() {
        Bundle bundle = transaction();
        Observation faulty = Records.heartRate(World.ANNA);
        faulty.setValue(null);
        post(bundle, faulty, null);
        post(bundle, Records.heartRate(World.ANNA), null);
        post(bundle, faulty.copy(), null);
        Answer answer = server.post(clinic, "", bundle);
        assertThat(answer.outcome().getIssue())
                .extracting(issue -> issue.getExpression().get(0).getValue())
                .containsExactly("Bundle.entry[0].resource.value", "Bundle.entry[2].resource.value");
    }

    @ParameterizedTest
    @EnumSource(
            value = HTTPVerb.class,
            names = {"GET", "HEAD"})
    void entriesThatReadAreClosed(HTTPVerb verb) {
        Bundle bundle = transaction();
        BundleEntryComponent entry = bundle.addEntry();
        entry.getRequest().setMethod(verb).setUrl("Observation/hr-dora");
        Answer answer = server.post(clinic, "", bundle);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("SN-BUNDLE-001");
        assertThat(answer.body()).contains("in a batch after it").doesNotContain("8867-4");
    }

    /** What its entries do is decided when they come back as requests of their own. */
    @Test
    void theEnvelopeOfABatchGoesThroughAndDisclosesNothing() {
        Bundle bundle = transaction().setType(BundleType.BATCH);
        post(bundle, Records.heartRate(World.DORA), null);
        Answer answer = server.post(clinic, "", bundle);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bundle().getType()).isEqualTo(BundleType.BATCHRESPONSE);
        assertThat(server.entries).singleElement().satisfies(entry -> {
            assertThat(entry.request().interaction()).isEqualTo(AuditedInteraction.BATCH);
            assertThat(entry.patients()).isEmpty();
        });
    }

    @Test
    void aBatchOfACallerOutsideTheTierIsRefusedAsAWhole() {
        server.countries.put(World.CLINIC, "US");
        assertThat(server.post(clinic, "", transaction().setType(BundleType.BATCH))
                        .code())
                .isEqualTo("SN-RESIDENCY-001");
    }

    @Test
    void matrixAndScopeHoldForEachEntry() {
        Bundle bundle = transaction();
        post(bundle, Records.heartRate(World.ANNA), null);
        post(bundle, Records.consent(World.ANNA), null);
        assertThat(server.post(clinic, "", bundle).code()).isEqualTo("SN-INTERACTION-001");
        Bundle vitals = transaction();
        post(vitals, Records.heartRate(World.ANNA), null);
        Map<String, Object> reader = Callers.with(clinic, "scope", "system/Observation.rs");
        assertThat(server.post(reader, "", vitals).code()).isEqualTo("SN-SCOPE-001");
        assertThat(server.post(Callers.insurer(), "", vitals).code()).isEqualTo("SN-INTERACTION-001");
    }

    @Test
    void chosenIdsAreTheLoadersAlone() {
        Bundle bundle = transaction();
        put(bundle, Records.withId(Records.heartRate(World.ANNA), "chosen"));
        Answer answer = server.post(Callers.clinician(World.CLINIC), "", bundle);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.outcome().getIssueFirstRep().getDiagnostics())
                .isEqualTo("HAPI-2001: Resource Observation/chosen is not known");
    }

    @Test
    void newRecordsCannotBorrowTheNameOfStoredOnes() {
        Bundle borrowed = transaction();
        post(borrowed, Records.cuff(World.ANNA), "Device/cuff-dora");
        assertThat(server.post(clinic, "", borrowed).code()).isEqualTo("SN-BUNDLE-001");
        Bundle withId = transaction();
        post(withId, Records.withId(Records.cuff(World.ANNA), "cuff-dora"), null);
        assertThat(server.post(clinic, "", withId).code()).isEqualTo("SN-BUNDLE-001");
        Bundle twice = transaction();
        post(twice, Records.cuff(World.ANNA), FIRST);
        post(twice, Records.heartRate(World.ANNA), FIRST);
        assertThat(server.post(clinic, "", twice).code()).isEqualTo("SN-BUNDLE-001");
        Bundle otherUrl = transaction();
        put(otherUrl, Records.withId(Records.heartRate(World.ANNA), "chosen"));
        otherUrl.getEntryFirstRep().setFullUrl("Observation/hr-dora");
        assertThat(server.post(Callers.administrator(), "", otherUrl).code()).isEqualTo("SN-BUNDLE-001");
    }

    @Test
    void conditionIsNarrowedToWhatTheSenderBroughtOrSees() {
        Bundle bundle = transaction();
        post(bundle, Records.heartRate(World.ANNA), null);
        bundle.getEntryFirstRep()
                .getRequest()
                .setIfNoneExist("identifier=" + Canonicals.VITAL_IDENTIFIER + "|anna-8867-4");
        Answer answer = server.post(clinic, "", bundle);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bundle().getEntryFirstRep().getResponse().getLocation())
                .as("nothing was brought under that identifier, nor is to be seen")
                .isNull();
    }

    @Test
    void aConditionBeyondTheOwnIdentifierIsForThoseWhoMaySearchIt() {
        Map<String, Object> gateway = Callers.of(CallerKind.DEVICE_GATEWAY);
        for (String condition : new String[] {
            "identifier=" + Canonicals.VITAL_IDENTIFIER + "|dora-8867-4",
            "identifier=anna-8867-4",
            "patient=Patient/dora",
            "identifier=" + Canonicals.VITAL_IDENTIFIER + "|anna-8867-4&code=x",
            "_id=hr-dora"
        }) {
            assertRefused(gateway, condition);
        }
        assertRefused(clinic, "subject.name=x");
        assertRefused(clinic, "_has:Provenance:target:recorded=x");
        assertRefused(clinic, "_sort=date");
    }

    @Test
    void aConditionLooksAmongTheOwnPatientsRecordsOnly() {
        server.post(clinic, "Observation", Records.heartRate(World.ANNA), "If-None-Exist", "_id=hr-dora");
        assertThat(server.provider("Observation").lastCondition).contains("patient=Patient%2Fanna");
        server.post(clinic, "Observation", Records.heartRate(World.ANNA), "If-None-Exist", "patient=Patient/dora");
        assertThat(server.provider("Observation").lastCondition).doesNotContain("dora");
    }

    private static void assertRefused(Map<String, Object> claims, String condition) {
        Bundle bundle = transaction();
        post(bundle, Records.heartRate(World.ANNA), null);
        bundle.getEntryFirstRep().getRequest().setIfNoneExist(condition);
        assertThat(server.post(claims, "", bundle).code()).as(condition).isEqualTo("SN-CONDITION-001");
        assertThat(server.post(claims, "Observation", Records.heartRate(World.ANNA), "If-None-Exist", condition)
                        .code())
                .as(condition)
                .isEqualTo("SN-CONDITION-001");
    }

    private static Bundle transaction() {
        return new Bundle().setType(BundleType.TRANSACTION);
    }

    private static void post(Bundle bundle, Resource resource, @Nullable String fullUrl) {
        bundle.addEntry()
                .setFullUrl(fullUrl)
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(resource.fhirType());
    }

    private static void put(Bundle bundle, Resource resource) {
        bundle.addEntry()
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(resource.fhirType() + "/" + resource.getIdElement().getIdPart());
    }
}
