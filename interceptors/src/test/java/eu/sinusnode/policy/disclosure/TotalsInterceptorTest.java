package eu.sinusnode.policy.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.StepOrder;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A total is told when it was asked for, and never when it would count what the gate withheld. */
class TotalsInterceptorTest {

    private static final Widening WIDENING = new Widening();

    @RegisterExtension
    static final PolicyServer server = new PolicyServer(List.of(WIDENING));

    /** Stands for a fault in the narrowing: the search finds everybody's records. */
    @Interceptor
    public static final class Widening {
        private boolean widens;

        @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = StepOrder.NARROWING + 1)
        public void widen(RequestDetails request) {
            if (widens) {
                Map<String, String[]> wider = new HashMap<>(request.getParameters());
                wider.remove("patient");
                request.setParameters(wider);
            }
        }
    }

    @BeforeEach
    void records() {
        WIDENING.widens = false;
        for (String patient : new String[] {World.ANNA, World.DORA}) {
            server.given(Records.withId(Records.heartRate(patient), "hr-" + patient));
        }
    }

    private static Answer search(String shape) {
        return server.get(Callers.clinician(World.CLINIC), "Observation?patient=anna" + shape);
    }

    @Test
    void aTotalThatWasAskedForIsOfWhatTheCallerMayFind() {
        for (String shape : List.of("&_total=accurate", "&_total=estimate", "&_summary=count", "&_count=0")) {
            assertThat(search(shape).bundle().getTotalElement().getValue())
                    .as(shape)
                    .isEqualTo(1);
        }
        assertThat(search("").bundle().hasTotal()).isFalse();
        assertThat(search("&_total=none").bundle().hasTotal()).isFalse();
    }

    @Test
    void aTotalThatCountsWhatTheGateWithheldIsNotTold() {
        WIDENING.widens = true;
        Answer answer = search("&_total=accurate");
        assertThat(answer.foundIds()).containsExactly("hr-anna");
        assertThat(server.withheldFromSearch).isNotEmpty();
        assertThat(answer.bundle().hasTotal()).isFalse();
    }
}
