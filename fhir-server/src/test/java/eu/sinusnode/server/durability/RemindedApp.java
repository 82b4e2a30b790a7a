package eu.sinusnode.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.ReadableTokens;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.projection.Consents;
import eu.sinusnode.server.subscriptions.Receiver;
import eu.sinusnode.server.subscriptions.Subscriptions;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.TimeType;

/**
 * The app of a patient who permits the clinic to treat, is told of reminders, and wants no quiet hours, so that they come whatever
 * the time of the test is.
 *
 * @param who by whom the records are named
 */
record RemindedApp(KillableServer server, String who) {

    void subscribe(Receiver receiver) throws Exception {
        server.load(Records.household(who));
        server.load(Records.transaction(consent()));
        Parameters settings = new Parameters()
                .addParameter("quietFrom", new TimeType("00:00:00"))
                .addParameter("quietUntil", new TimeType("00:00:00"));
        assertThat(post("/Patient/" + Records.id(who) + "/$reminder-settings", settings))
                .isEqualTo(200);
        assertThat(post("/Subscription", Subscriptions.idOnly(receiver.url(), "Task?status=requested")))
                .isEqualTo(201);
    }

    private int post(String path, Resource record) throws Exception {
        String patient = Records.id(who);
        String token = ReadableTokens.token(
                server.base(), CallerKind.PATIENT, "app", Map.of("patient", patient, "fhirUser", "Patient/" + patient));
        Answer answer = server.send(server.request(path, token)
                .POST(BodyPublishers.ofString(KillableServer.json(record)))
                .build());
        return answer.status();
    }

    private Consent consent() {
        Consent consent = Consents.denying(Records.id(who));
        consent.setId(Records.id(who + "-consent"));
        consent.addCategory(new CodeableConcept(new Coding(Codes.LOINC, "59284-0", null)));
        consent.setDateTimeElement(new DateTimeType("2026-01-05T09:00:00+01:00"));
        consent.addPerformer(new Reference("Patient/" + Records.id(who)));
        consent.addOrganization(new Reference("Organization/" + Records.CLINIC));
        consent.addPolicy().setUri("https://sinusnode.eu/policy/consent/1");
        Consents.permit(consent, Records.CLINIC, Purpose.TREAT);
        return consent;
    }
}
