package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Sender;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Canonicals;
import java.util.Map;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** If-None-Exist over HTTP: an upload repeated stores nothing twice, and tells nothing of other patients. */
class ConditionalCreateInterceptorTest {

    private static final String ANNAS = "identifier=" + Canonicals.VITAL_IDENTIFIER + "|anna-8867-4";

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    @Test
    void repeatedUploadStoresNothingTwice() {
        Map<String, Object> clinic = Callers.clinicSystem(World.CLINIC);
        assertThat(upload(clinic, ANNAS).status()).isEqualTo(201);
        Answer again = upload(clinic, ANNAS);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("location")).contains("Observation/");
        assertThat(server.provider("Observation").size()).isEqualTo(1);
        assertThat(server.provider("Observation").lastCondition).startsWith("Observation?_id=");
        assertThat(server.audited).isEmpty();
    }

    @Test
    void otherWaysToWriteTheSameConditionAreTheSame() {
        Map<String, Object> clinic = Callers.clinicSystem(World.CLINIC);
        assertThat(upload(clinic, "?" + ANNAS).status()).isEqualTo(201);
        assertThat(upload(clinic, "Observation?" + ANNAS).status()).isEqualTo(200);
        assertThat(upload(clinic, ANNAS.replace("|", "%7C").replace(":", "%3A")).status())
                .isEqualTo(200);
    }

    @Test
    void recordOfAnotherPatientIsNotFound() {
        Observation sameNumber = Records.withId(Records.heartRate(World.DORA), "hr-dora");
        sameNumber.getIdentifierFirstRep().setValue("anna-8867-4");
        server.given(sameNumber);
        assertThat(upload(Callers.clinicSystem(World.CLINIC), ANNAS).status()).isEqualTo(201);
    }

    @Test
    void whatSomebodyElseHasBroughtIsFoundOnlyByWhoMaySeeIt() {
        broughtBy(Callers.clinicSystem(World.OTHER_CLINIC), Records.withId(Records.heartRate(World.ANNA), "hr-anna"));
        Map<String, Object> clinic = Callers.clinicSystem(World.CLINIC);
        assertThat(upload(clinic, ANNAS).status()).isEqualTo(200);
        server.permits.withdraw(World.ANNA);
        server.permits.permit(World.ANNA, World.CLINIC, Purpose.TREAT, "Condition", null, null);
        assertThat(upload(clinic, ANNAS).status()).isEqualTo(201);
        assertThat(upload(clinic, ANNAS).status()).as("its own").isEqualTo(200);
        assertThat(server.provider("Observation").size()).isEqualTo(2);
    }

    @Test
    void whoMayNotReadLearnsNothingOfWhatOthersHaveBrought() {
        broughtBy(Callers.clinicSystem(World.CLINIC), Records.withId(Records.heartRate(World.ANNA), "hr-anna"));
        Map<String, Object> gateway = Callers.with(Callers.clinicSystem(World.CLINIC), "scope", "system/Observation.c");
        assertThat(upload(gateway, ANNAS).status()).as("the own clinic's").isEqualTo(200);
        Map<String, Object> person = Callers.with(Callers.clinician(World.CLINIC), "scope", "user/Observation.c");
        assertThat(upload(person, ANNAS).status())
                .as("a person is a sender alone")
                .isEqualTo(201);
        assertThat(upload(person, ANNAS).status()).isEqualTo(200);
    }

    @Test
    void writerWithoutReadScopeStoresNothingTwiceAndSeesNothing() {
        Map<String, Object> gateway = Callers.with(Callers.clinicSystem(World.CLINIC), "scope", "system/Observation.c");
        Observation stored = Records.withId(Records.heartRate(World.ANNA), "hr-anna");
        stored.setValue(new StringType("what was corrected since"));
        broughtBy(gateway, stored);
        Answer again = upload(gateway, ANNAS);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).doesNotContain("corrected", "8867-4");
        assertThat(server.audited).as("nothing was asked for that was refused").isEmpty();
        assertThat(server.provider("Observation").size()).isEqualTo(1);
    }

    @Test
    void clinicThatMayUseOtherCodesOnlyStoresNothingTwice() {
        server.permits.withdraw(World.ANNA);
        server.permits.permit(World.ANNA, World.CLINIC, Purpose.TREAT, "Condition", null, null);
        broughtBy(Callers.clinicSystem(World.CLINIC), Records.withId(Records.heartRate(World.ANNA), "hr-anna"));
        Answer again = upload(Callers.clinicSystem(World.CLINIC), ANNAS);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).doesNotContain("8867-4");
        assertThat(server.provider("Observation").size()).isEqualTo(1);
    }

    private static void broughtBy(Map<String, Object> claims, Observation stored) {
        server.given(stored);
        server.sent.bring(Sender.of(Callers.caller(claims)), stored);
    }

    private static Answer upload(Map<String, Object> claims, String condition) {
        return server.post(claims, "Observation", Records.heartRate(World.ANNA), "If-None-Exist", condition);
    }
}
