package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.keycloak.token.PersonSession;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.http.FhirEndpoint;
import eu.sinusnode.launcher.registration.RegistrationBook;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keycloak tells the FHIR server that a session ended: its tokens are worthless long before they expire. */
@ExtendWith(SystemExtension.class)
class EndedSessionsIT {

    /** The server's memory of a good token is half a minute: sooner than that, only the news can be the reason. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @Test
    void aLogoutEndsThatSessionsTokensAtOnceAndNoOthers(RunningSystem system) throws Exception {
        People people = new People(system.installation());
        String own = "Patient/" + system.persona(7).id();
        PersonSession phone = people.login("patient-7");
        PersonSession tablet = people.login("patient-7");
        assertThat(people.as(phone).get(own).status()).isEqualTo(200);
        assertThat(people.as(tablet).get(own).status()).isEqualTo(200);

        people.app().logout(phone);

        assertEnded(people.as(phone), own);
        assertThat(people.as(tablet).get(own).status())
                .as("another session of the person")
                .isEqualTo(200);
    }

    @Test
    void theOperatorEndsAllSessionsOfAPersonAtOnce(RunningSystem system) throws Exception {
        People people = new People(system.installation());
        String own = "Patient/" + system.persona(8).id();
        PersonSession phone = people.login("patient-8");
        PersonSession tablet = people.login("patient-8");
        assertThat(people.as(phone).get(own).status()).isEqualTo(200);
        assertThat(people.as(tablet).get(own).status()).isEqualTo(200);

        new RegistrationBook(system.installation()).operations().endSessionsOfPerson("patient-8");

        assertEnded(people.as(phone), own);
        assertEnded(people.as(tablet), own);
        assertThat(people.as(people.login("patient-8")).get(own).status())
                .as("a new login")
                .isEqualTo(200);
    }

    private static void assertEnded(FhirEndpoint endpoint, String path) throws InterruptedException {
        Instant latest = Instant.now().plus(AT_ONCE);
        Answer answer = endpoint.get(path);
        while (answer.status() != 401 && Instant.now().isBefore(latest)) {
            Thread.sleep(50);
            answer = endpoint.get(path);
        }
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.denialCode()).contains("SN-TOKEN-004");
    }
}
