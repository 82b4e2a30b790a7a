package eu.sinusnode.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Refusals over HTTP and what the audit has of them before the answer arrives. */
class DenialAuditInterceptorTest {

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    @BeforeEach
    void records() {
        server.given(Records.withId(Records.heartRate(World.CLARA), "hr-clara"));
    }

    @Test
    void hiddenReadIsRecordedWithItsTrueReason() {
        Answer answer = server.get(Callers.clinician(World.CLINIC), "Observation/hr-clara");
        AuditEvent event = onlyEvent();
        assertThat(event.getType().getCode()).isEqualTo("rest");
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("read");
        assertThat(event.getAction()).isEqualTo(AuditEventAction.R);
        assertThat(event.getRecorded()).isEqualTo(Date.from(World.NOW));
        assertThat(event.getOutcome()).isEqualTo(AuditEventOutcome._4);
        assertThat(event.getOutcomeDesc())
                .isEqualTo("SN-CONSENT-001: the patient permits nothing to organization clinic-1 for purpose TREAT");
        assertThat(event.getAgent().get(0).getType().getCodingFirstRep().getCode())
                .as("of a read the client is the destination")
                .isEqualTo("110152");
        assertThat(event.getAgent().get(1).getType().getCodingFirstRep().getCode())
                .isEqualTo("110153");
        assertThat(event.getAgent().get(2)).satisfies(user -> {
            assertThat(user.getWho().getReference()).isEqualTo("Practitioner/doctor");
            assertThat(user.getPurposeOfUseFirstRep().getCodingFirstRep().getCode())
                    .isEqualTo("TREAT");
            assertThat(user.getRequestor()).isTrue();
        });
        assertThat(event.getEntity().get(0).getWhat().getIdentifier().getValue())
                .isEqualTo(answer.header("x-request-id"));
        assertThat(event.getEntity().get(1).getWhat().getReference()).isEqualTo("Observation/hr-clara");
        assertThat(event.getEntity().get(2).getWhat().getReference()).isEqualTo("Patient/clara");
        assertThat(withoutUuids(PolicyServer.FHIR.newJsonParser().encodeResourceToString(event))
                        .replace(answer.header("x-request-id"), "…"))
                .as("nothing of the record itself")
                .doesNotContain("8867-4", "64");
    }

    /** Chance would put every short number into one of them some day. */
    private static String withoutUuids(String json) {
        return json.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "…");
    }

    @Test
    void closedInteractionIsTheGraverCase() {
        server.delete(Callers.insurer(), "Observation/hr-clara");
        assertThat(onlyEvent().getOutcome()).isEqualTo(AuditEventOutcome._8);
    }

    @Test
    void emptySearchForADeniedPatientIsRecorded() {
        assertThat(server.get(Callers.insurer(), "Observation?patient=clara").status())
                .isEqualTo(200);
        AuditEvent event = onlyEvent();
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo("search-type");
        assertThat(event.getAgent().get(0).getType().getCodingFirstRep().getCode())
                .as("of a query the client is the source")
                .isEqualTo("110153");
        assertThat(event.getEntity())
                .extracting(entity -> entity.getWhat().getReference())
                .contains("Patient/clara");
    }

    @Test
    void requestWithoutTokenIsRecorded() {
        assertThat(server.get(null, "Observation/hr-clara").status()).isEqualTo(401);
        assertThat(onlyEvent().getOutcomeDesc()).startsWith("SN-TOKEN-001");
        assertThat(onlyEvent().getAgent()).hasSize(2);
    }

    @Test
    void securityChainReportsItsOwnRefusals() {
        RequestFacts facts = new RequestFacts("request-7", AuditedInteraction.OTHER, null, null, "192.0.2.7");
        server.pipeline.denialAudit().unauthenticated(facts, DenialCode.TOKEN_INVALID, "the token has expired");
        assertThat(onlyEvent().getOutcomeDesc()).isEqualTo("SN-TOKEN-002: the token has expired");
        assertThat(onlyEvent().getAgent().get(0).getNetwork().getAddress()).isEqualTo("192.0.2.7");
    }

    @Test
    void metadataIsOpenAndLeavesNoTrace() {
        assertThat(server.get(null, "metadata").status()).isEqualTo(200);
        assertThat(server.audited).isEmpty();
    }

    @Test
    void refusalThatCannotBeRecordedEndsIn503WithoutDetail() {
        server.auditFailure = new IllegalStateException("table audit_event of patient clara is gone");
        for (Answer answer : List.of(
                server.get(Callers.clinician(World.CLINIC), "Observation/hr-clara"),
                server.get(Callers.clinician(World.CLINIC), "Observation?patient=clara"),
                server.get(Callers.clinician(World.CLINIC), "Consent/x"),
                server.get(null, "Observation/hr-clara"))) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).doesNotContain("audit_event", "clara");
            assertThat(answer.code()).as("that of a fault, not of a refusal").startsWith("SN-SERVER-");
        }
    }

    @Test
    void faultOfTheServerSaysNothingOfItself() {
        server.profileCheck = resource -> {
            throw new IllegalStateException("secret inner detail");
        };
        Answer answer = server.post(Callers.clinicSystem(World.CLINIC), "Observation", Records.heartRate(World.ANNA));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("secret", "IllegalState").contains("X-Request-Id");
    }

    private static AuditEvent onlyEvent() {
        assertThat(server.audited).hasSize(1);
        return server.audited.get(0);
    }
}
