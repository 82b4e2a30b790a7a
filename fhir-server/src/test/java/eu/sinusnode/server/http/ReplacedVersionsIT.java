package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.profiles.Canonicals;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/**
 * A change has been decided on and is not stored yet when somebody else's is: it replaces, or deletes, the version that it was decided
 * on, or nothing.
 */
class ReplacedVersionsIT extends RunningServer {

    private static final String LATE = "replaced-versions-late";
    private static final long PATIENCE_SECONDS = 60;

    private final String clinician = TOKENS.clinician(Records.CLINIC);

    @Autowired
    private ServletRegistrationBean<?> fhirServlet;

    /** Stands between the last step of the request's way and the storage. */
    @Interceptor
    public static final class BeforeTheStorage {
        private final CountDownLatch decided = new CountDownLatch(1);
        private final CountDownLatch stored = new CountDownLatch(1);

        @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = StepOrder.TIME_BEFORE_STORAGE + 1)
        public void hold(RequestDetails request) throws InterruptedException {
            if (LATE.equals(request.getHeader("X-Request-ID"))) {
                decided.countDown();
                assertThat(stored.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    /** @param meanwhile what is stored when the request has been decided on */
    private Answer late(HttpRequest.Builder request, Runnable meanwhile) throws Exception {
        IInterceptorService steps = ((RestfulServer) fhirServlet.getServlet()).getInterceptorService();
        BeforeTheStorage gap = new BeforeTheStorage();
        ExecutorService client = Executors.newSingleThreadExecutor();
        steps.registerInterceptor(gap);
        try {
            Future<Answer> answer = client.submit(() -> send(request.header("X-Request-ID", LATE)));
            assertThat(gap.decided.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            meanwhile.run();
            gap.stored.countDown();
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            gap.stored.countDown();
            steps.unregisterInterceptor(gap);
            client.shutdownNow();
        }
    }

    private HttpRequest.Builder putting(Resource record) {
        return request(path(record), clinician)
                .header("Content-Type", "application/fhir+json")
                .PUT(BodyPublishers.ofString(json(record)));
    }

    private HttpRequest.Builder sending(Bundle transaction) {
        return request("", clinician)
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(json(transaction)));
    }

    private static String path(Resource record) {
        return "/" + record.fhirType() + "/" + record.getIdElement().getIdPart();
    }

    private <T extends Resource> T stored(Class<T> type, String id) {
        Resource stored = get("/" + type.getSimpleName() + "/" + id, clinician).resource();
        return type.cast(stored);
    }

    private static Goal saying(Goal goal, String text) {
        Goal changed = goal.copy();
        changed.setMeta(null);
        changed.getDescription().setText(text);
        return changed;
    }

    private void change(Resource record) {
        Answer answer = put(path(record), clinician, record);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static void assertIsTold(Answer refused) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.codes()).containsExactly("SN-REQUEST-027");
        assertThat(refused.outcome().getIssueFirstRep().getDiagnostics()).contains("Send the request again");
    }

    private static Bundle transaction(HTTPVerb verb, String path, Resource... record) {
        Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
        transaction.addEntry().getRequest().setMethod(verb).setUrl(path.substring(1));
        if (record.length > 0) {
            transaction.getEntryFirstRep().setResource(record[0]);
        }
        return transaction;
    }

    @Test
    void anUpdateIsNotStoredOverAnother() throws Exception {
        Ward.open("replaced-update");
        Goal goal = stored(Goal.class, Ward.goal("replaced-update"));
        for (boolean alone : new boolean[] {true, false}) {
            Goal swim = saying(goal, "Swim " + alone);
            HttpRequest.Builder late = alone ? putting(swim) : sending(transaction(HTTPVerb.PUT, path(swim), swim));
            assertIsTold(late(late, () -> change(saying(goal, "Cycle " + alone))));
            assertThat(stored(Goal.class, Ward.goal("replaced-update"))
                            .getDescription()
                            .getText())
                    .isEqualTo("Cycle " + alone);
        }
        assertThat(stored(Goal.class, Ward.goal("replaced-update")).getMeta().getVersionId())
                .isEqualTo("3");
        change(saying(goal, "Swim"));
    }

    /** What has just been written down goes with what was there before, unseen by who deletes. */
    @Test
    void aDeletionDoesNotTakeWhatCameMeanwhile() throws Exception {
        Ward.open("replaced-delete");
        Goal goal = stored(Goal.class, Ward.goal("replaced-delete"));
        for (boolean alone : new boolean[] {true, false}) {
            HttpRequest.Builder late =
                    alone ? request(path(goal), clinician).DELETE() : sending(transaction(HTTPVerb.DELETE, path(goal)));
            assertIsTold(late(late, () -> change(saying(goal, "Cycle " + alone))));
            assertThat(stored(Goal.class, Ward.goal("replaced-delete"))
                            .getDescription()
                            .getText())
                    .isEqualTo("Cycle " + alone);
        }
        assertThat(send(sending(transaction(HTTPVerb.DELETE, path(goal)))).status())
                .isEqualTo(200);
        assertThat(get(path(goal), clinician).status()).isEqualTo(410);
    }

    /** An active plan may be changed; one that was revoked holds again only by $activate. */
    @Test
    void aPlanThatIsRevokedMeanwhileStaysRevoked() throws Exception {
        String patient = Ward.open("replaced-plan");
        CarePlan plan = new CarePlan();
        plan.setId(Records.id("replaced-plan-plan"));
        plan.addIdentifier().setSystem(Canonicals.THERAPY_PLAN_IDENTIFIER).setValue("replaced-plan.1");
        plan.setStatus(CarePlanStatus.ACTIVE).setIntent(CarePlanIntent.PLAN).setTitle("Walking");
        plan.setSubject(new Reference("Patient/" + patient));
        plan.getPeriod().getStartElement().setValueAsString("2026-01-01");
        plan.addActivity()
                .getDetail()
                .setDescription("Walk every day")
                .setStatus(CarePlan.CarePlanActivityStatus.INPROGRESS);
        load(Records.transaction(plan));
        CarePlan revoked = plan.copy().setStatus(CarePlanStatus.REVOKED);
        CarePlan retitled = plan.copy();
        retitled.setTitle("Walking and swimming");

        assertIsTold(late(putting(retitled), () -> change(revoked)));

        assertThat(stored(CarePlan.class, Records.id("replaced-plan-plan")).getStatus())
                .isEqualTo(CarePlanStatus.REVOKED);
        Answer again = put(path(retitled), clinician, retitled);
        assertThat(again.codes()).as("decided on what is there now").containsExactly("SN-CONTENT-001");
    }
}
