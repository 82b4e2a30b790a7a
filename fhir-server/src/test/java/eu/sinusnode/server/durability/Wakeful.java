package eu.sinusnode.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.http.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.TimeType;

/** A patient who wants no quiet hours, so that reminders come whatever the time of the test is. */
final class Wakeful {

    private Wakeful() {}

    /** @param token the patient's */
    static void make(KillableServer server, String patient, String token) throws Exception {
        Parameters settings = new Parameters()
                .addParameter("quietFrom", new TimeType("00:00:00"))
                .addParameter("quietUntil", new TimeType("00:00:00"));
        Answer answer = server.send(server.request("/Patient/" + patient + "/$reminder-settings", token)
                .POST(BodyPublishers.ofString(KillableServer.json(settings)))
                .build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
