package eu.sinusnode.system.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.realm.Secrets;
import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import eu.sinusnode.system.RunningSystem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The system, the app and a browser, and what a clinic's portal does. */
final class Clinic {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningSystem system;
    private final Browser browser;
    private final URI app;
    private final Map<String, String> logins = new ConcurrentHashMap<>();

    Clinic(RunningSystem system, Browser browser, URI app) {
        this.system = system;
        this.browser = browser;
        this.app = app;
    }

    RunningSystem system() {
        return system;
    }

    /** @param number the n of {@code patient-n} */
    Persona patient(int number) {
        return system.persona(number);
    }

    /** A browser of somebody's own: no cookies yet. */
    Desk desk(Screen screen) {
        return new Desk(this, browser, screen, null);
    }

    /**
     * A browser in which that clinician is logged in. The login, in a browser as well, is made once: each needs a code that
     * nobody used, and there is one in half a minute.
     */
    Desk deskOf(String clinician, Screen screen) {
        return new Desk(this, browser, screen, logins.computeIfAbsent(clinician, this::logIn));
    }

    private String logIn(String clinician) {
        try (Desk desk = desk(Screen.DESKTOP)) {
            desk.tab()
                    .open(launchLink(clinician, patient(1)))
                    .enterPassword(clinician)
                    .enterCode(clinician)
                    .awaitChart();
            return desk.login();
        }
    }

    URI app() {
        return app;
    }

    String password(String username) {
        try {
            return Secrets.in(system.installation().home().secrets())
                    .login(username)
                    .orElseThrow()
                    .password();
        } catch (IOException e) {
            throw new AssertionError("The secrets of " + username + " cannot be read.", e);
        }
    }

    /** A code of the second factor that nobody used yet; may wait for one. */
    String code(String username) {
        return system.parts().callers().code(username);
    }

    /** What {@code POST /launch} answers to the portal that acts for this clinician. */
    HttpResponse<String> requestLaunch(String clinician, String patientId) {
        String body = JSON.createObjectNode()
                .put("patient", patientId)
                .put("client_id", DemoRegistrations.STAFF_APP)
                .toString();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(system.installation().serverRoot() + "/launch"))
                .header("Authorization", "Bearer " + system.parts().callers().token(clinician))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The link with which the portal opens the app for a patient. */
    String launchLink(String clinician, Persona patient) {
        HttpResponse<String> answer = requestLaunch(clinician, patient.id());
        if (answer.statusCode() != 201) {
            throw new AssertionError("POST /launch answered " + answer.statusCode() + ": " + answer.body());
        }
        try {
            JsonNode launch = JSON.readTree(answer.body());
            return app + "/launch.html?iss=" + encode(launch.path("iss").asText()) + "&launch="
                    + encode(launch.path("launch").asText());
        } catch (IOException e) {
            throw new AssertionError("POST /launch answered no JSON.", e);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
