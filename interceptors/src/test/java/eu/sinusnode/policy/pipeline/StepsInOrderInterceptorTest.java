package eu.sinusnode.policy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.authorization.RequestedWrites;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The real order of the steps, seen from outside: a request that every step would refuse is refused by the first, and
 * putting one thing right at a time brings out the next step; and seen from between the steps, by what each one left.
 */
class StepsInOrderInterceptorTest {

    private static final Watcher WATCHER = new Watcher();

    @RegisterExtension
    static final PolicyServer server = new PolicyServer(List.of(WATCHER));

    @BeforeEach
    void forget() {
        WATCHER.seen.clear();
        WATCHER.writes.clear();
    }

    @Test
    void eachStepRefusesBeforeTheNext() {
        Observation faulty = Records.heartRate(World.DORA);
        faulty.setValue(null);
        faulty.getMeta().addSecurity().setCode("N");
        String withParameter = "Observation?_elements=id";

        assertThat(server.post(null, withParameter, faulty).code()).isEqualTo("SN-TOKEN-001");
        Map<String, Object> nobody = Callers.without(Callers.clinicSystem(World.OVERSEAS), "sub");
        assertThat(server.post(nobody, withParameter, faulty, "Accept", "image/png")
                        .code())
                .isEqualTo("SN-TOKEN-003");
        Map<String, Object> overseas = Callers.with(Callers.clinicSystem(World.OVERSEAS), "scope", "openid");
        assertThat(server.post(overseas, withParameter, faulty, "Accept", "image/png")
                        .code())
                .isEqualTo("SN-RESIDENCY-001");
        Map<String, Object> unscoped = Callers.with(overseas, "organization", World.CLINIC);
        assertThat(server.post(unscoped, withParameter, faulty, "Accept", "image/png")
                        .code())
                .isEqualTo("SN-REQUEST-029");
        assertThat(server.post(unscoped, withParameter, faulty).code()).isEqualTo("SN-SCOPE-001");
        Map<String, Object> clinic = Callers.clinicSystem(World.CLINIC);
        assertThat(server.post(clinic, withParameter, faulty).code()).isEqualTo("SN-SEARCH-001");
        assertThat(server.post(clinic, "Observation", faulty, "If-None-Exist", "code.text=x")
                        .code())
                .isEqualTo("SN-CONDITION-001");
        assertThat(server.post(clinic, "Observation", faulty).code()).isEqualTo("SN-CONTENT-001");
        faulty.setMeta(null);
        assertThat(server.post(clinic, "Observation", faulty).code()).isEqualTo("SN-PROFILE-001");
    }

    @Test
    void callerIsKnownBeforeTheRequestIsNarrowedAndNarrowedBeforeTheHandler() {
        server.get(Callers.clinician(World.CLINIC), "Observation");
        assertThat(WATCHER.seen)
                .containsExactly(
                        "before authentication: caller false, patient null",
                        "after narrowing: caller true, patient [Patient/anna]",
                        "before the gate: caller true, patient [Patient/anna]",
                        "after the gate: caller true, patient [Patient/anna]");
    }

    @Test
    void writesAreReadFromTheBodyBeforeTheyAreChecked() {
        server.post(Callers.clinicSystem(World.CLINIC), "Observation", Records.heartRate(World.ANNA));
        assertThat(WATCHER.writes).containsExactly(0, 1);
    }

    @Test
    void numbersOfTheStepsRiseInTheOrderOfTheList() {
        assertThat(List.of(
                        StepOrder.FORMAT_OF_ANSWER,
                        StepOrder.SUBSET_ASKED,
                        StepOrder.AUTHENTICATION,
                        StepOrder.RESIDENCY,
                        StepOrder.NEGOTIATION,
                        StepOrder.LENIENCE,
                        StepOrder.AUTHORIZATION,
                        StepOrder.SUBSET_CHECKED,
                        StepOrder.INCLUDES_ASKED,
                        StepOrder.WORDS_READ,
                        StepOrder.NARROWING,
                        StepOrder.WORDS_FOUND,
                        StepOrder.BODY_FORM))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(List.of(
                        StepOrder.BUNDLE_AUTHORIZATION,
                        StepOrder.CONDITIONS,
                        StepOrder.CHANGES,
                        StepOrder.VALIDATION,
                        StepOrder.PLANS,
                        StepOrder.TIME_BEFORE_STORAGE,
                        100))
                .as("100 is HAPI's consent interceptor")
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(List.of(
                        100,
                        StepOrder.INCLUDES,
                        StepOrder.LENIENCE_TOLD,
                        StepOrder.LINKS,
                        StepOrder.LINKS_OF_PAGES,
                        StepOrder.NOTE_OF_ANSWER,
                        StepOrder.AUDIT_OF_ANSWER,
                        StepOrder.SUBSET_SHOWN))
                .isSorted();
        assertThat(List.of(StepOrder.AUDIT_OF_REFUSAL, StepOrder.ERROR_TEXT)).isSorted();
        assertThat(server.pipeline.interceptors().stream()
                        .map(step -> step.getClass().getSimpleName())
                        .toList())
                .containsExactly(
                        "AuthenticationInterceptor",
                        "ResidencyInterceptor",
                        "NegotiationInterceptor",
                        "LenientInterceptor",
                        "AuthorizationInterceptor",
                        "SubsetInterceptor",
                        "IncludeInterceptor",
                        "SearchNarrowingInterceptor",
                        "FullTextInterceptor",
                        "SearchPagesInterceptor",
                        "HistoryPages",
                        "PopulationPages",
                        "BodyFormInterceptor",
                        "ConditionalCreateInterceptor",
                        "ChangeInterceptor",
                        "WriteInterceptor",
                        "DisclosureInterceptor",
                        "WriteAnswerInterceptor",
                        "AnswerAuditInterceptor",
                        "AuditInterceptor",
                        "ErrorInterceptor");
    }

    /** Looks at the request between the steps. */
    @Interceptor
    public static final class Watcher {

        final List<String> seen = new ArrayList<>();
        final List<Integer> writes = new ArrayList<>();

        @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.AUTHENTICATION - 1)
        public void beforeAuthentication(RequestDetails request) {
            look("before authentication", request);
        }

        @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.NARROWING + 1)
        public void afterNarrowing(RequestDetails request) {
            look("after narrowing", request);
        }

        @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.BUNDLE_AUTHORIZATION - 1)
        public void beforeBody(RequestDetails request) {
            writes.add(RequestedWrites.of(request).size());
        }

        @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = 99)
        public void beforeGate(RequestDetails request) {
            look("before the gate", request);
            writes.add(RequestedWrites.of(request).size());
        }

        @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = 101)
        public void afterGate(RequestDetails request) {
            look("after the gate", request);
        }

        private void look(String where, RequestDetails request) {
            seen.add(where + ": caller " + CurrentCaller.find(request).isPresent() + ", patient "
                    + Arrays.toString(request.getParameters().get("patient")));
        }
    }
}
