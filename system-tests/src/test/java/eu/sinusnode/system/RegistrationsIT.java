package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import eu.sinusnode.keycloak.token.BackendToken;
import eu.sinusnode.keycloak.token.Issuer;
import eu.sinusnode.launcher.command.Commands;
import eu.sinusnode.launcher.command.Terminal;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.http.Callers;
import eu.sinusnode.launcher.http.FhirEndpoint;
import eu.sinusnode.launcher.progress.StreamProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Partners and people come in, and are shut out, by the commands that {@code keycloak/README.md} names. */
@ExtendWith(SystemExtension.class)
class RegistrationsIT {

    private static final Pattern REGISTER = Pattern.compile("^\\./sinusnode (register .*)$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    /** What a command said, on both streams, and its exit code. */
    private record Said(int exit, String text) {}

    @Test
    void eachCommandOfTheReadmeRegistersAndChangesNothingWhenGivenAgain(RunningSystem system) throws Exception {
        List<List<String>> commands = readme(system);
        assertThat(commands)
                .extracting(words -> words.get(1))
                .containsExactly("clinic", "insurer", "researcher", "gateway", "recorder", "app", "person", "person");
        for (List<String> words : commands) {
            Said first = run(system, words);
            assertThat(first.exit()).as("%s: %s", words, first.text()).isZero();
            assertThat(first.text()).contains(words.get(2)).contains("http://127.0.0.1");
        }
        byte[] registered = Files.readAllBytes(system.installation().home().registrations());
        for (List<String> words : commands) {
            assertThat(run(system, words).exit()).as("again %s", words).isZero();
        }
        assertThat(Files.readAllBytes(system.installation().home().registrations()))
                .isEqualTo(registered);
        Answer patients = system.as("klinik-am-see").get("Patient");
        assertThat(patients.status()).isEqualTo(200);
        assertThat(patients.resources()).as("no care team names it").isEmpty();
    }

    @Test
    void aResearchInstituteExportsAndDoesNothingElse(RunningSystem system) throws Exception {
        Said said = run(system, "register", "researcher", "studie-eins", "--title", "Studie Eins", "--country", "DE");
        assertThat(said.exit()).as(said.text()).isZero();
        assertThat(said.text()).contains("system/Patient.s").doesNotContain("Patient.rs");
        String token = system.parts().callers().token("studie-eins");
        FhirEndpoint institute = holding(system, token);

        for (String path :
                List.of("Patient", "Observation", "Patient/" + system.persona(1).id(), "AuditEvent")) {
            assertThat(institute.get(path).status()).as(path).isEqualTo(403);
        }
        HttpResponse<String> started = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(system.installation().fhirBase() + "/$export"))
                                .header("Authorization", "Bearer " + token)
                                .header("Accept", "application/fhir+json")
                                .header("Prefer", "respond-async")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    }

    @Test
    void whoMayNotComeInIsToldWhy(RunningSystem system) {
        String patient = system.persona(1).id();
        assertRefused(
                run(system, "register", "clinic", "overseas", "--title", "Overseas", "--country", "US"),
                "outside the tier");
        assertRefused(
                run(system, "register", "clinic", "clinic-system", "--title", "Other", "--country", "DE"),
                "is the demo's own");
        assertRefused(
                run(system, "register", "person", "second-account", "--as", "patient", "--patient", patient),
                "has an account already");
        assertRefused(
                run(
                        system,
                        "register",
                        "insurer",
                        "inside",
                        "--title",
                        "I",
                        "--country",
                        "DE",
                        "--jwks-url",
                        "https://10.0.0.1/keys"),
                "10.0.0.1");
        assertRefused(
                run(
                        system,
                        "register",
                        "app",
                        "inside-app",
                        "--title",
                        "I",
                        "--country",
                        "DE",
                        "--for",
                        "patient",
                        "--redirect-uri",
                        "https://app.example/back",
                        "--logout-uri",
                        "https://192.168.0.1/logout"),
                "192.168.0.1");
        assertThat(system.installation().home().registrations()).satisfies(file -> {
            if (Files.exists(file)) {
                assertThat(file).content().doesNotContain("overseas", "second-account", "10.0.0.1", "inside-app");
            }
        });
    }

    @Test
    void aBlockedProgramIsOutWithinAMinuteAlsoWithTheTokenItHolds(RunningSystem system) throws Exception {
        assertThat(run(system, "register", "clinic", "to-be-blocked", "--title", "B", "--country", "DE")
                        .exit())
                .isZero();
        FhirEndpoint clinic = holding(system, system.parts().callers().token("to-be-blocked"));
        assertThat(clinic.get("Patient").status()).isEqualTo(200);

        assertThat(run(system, "block", "client", "to-be-blocked").exit()).isZero();

        assertOut(clinic, "Patient", A_MINUTE);
        assertThat(run(system, "token", "to-be-blocked").exit())
                .as("a new token")
                .isNotZero();
        assertThat(run(system, "unblock", "client", "to-be-blocked").exit()).isZero();
        assertThat(run(system, "token", "to-be-blocked").exit()).isZero();
    }

    @Test
    void aBlockedPersonIsOutWithinAMinuteAlsoWithTheTokenItHolds(RunningSystem system) throws Exception {
        String patient = system.persona(3).id();
        assertThat(run(
                                system,
                                "register",
                                "person",
                                "rita.blocked",
                                "--as",
                                "representative",
                                "--title",
                                "Rita",
                                "--patient",
                                patient,
                                "--keep")
                        .exit())
                .isZero();
        FhirEndpoint rita = holding(system, system.parts().callers().token("rita.blocked"));
        assertThat(rita.get("Patient/" + patient).status()).isEqualTo(200);

        assertThat(run(system, "block", "person", "rita.blocked").exit()).isZero();

        assertOut(rita, "Patient/" + patient, A_MINUTE);
        assertThat(run(system, "token", "rita.blocked").exit())
                .as("a new login")
                .isNotZero();
    }

    @Test
    void aProgramChangesItsKeyWithoutAPause(RunningSystem system) throws Exception {
        ECKey old = key();
        ECKey next = key();
        assertThat(run(
                                system,
                                "register",
                                "gateway",
                                "two-keys",
                                "--title",
                                "T",
                                "--country",
                                "DE",
                                "--public-key",
                                pem("old.pem", old))
                        .exit())
                .isZero();
        assertThat(accepted(system, token(system, old))).isTrue();

        assertThat(run(system, "keys", "add", "two-keys", "--public-key", pem("next.pem", next))
                        .exit())
                .isZero();

        assertThat(accepted(system, token(system, old))).isTrue();
        assertThat(accepted(system, token(system, next))).isTrue();
    }

    @Test
    void theRealmChangesItsKeysWithoutAPause(RunningSystem system) throws Exception {
        assertThat(run(system, "register", "clinic", "over-rotation", "--title", "O", "--country", "DE")
                        .exit())
                .isZero();
        String before = system.parts().callers().token("over-rotation");

        assertThat(run(system, "keys", "rotate", "realm").exit()).isZero();

        String after = new Callers(system.installation(), HttpClient.newHttpClient()).token("over-rotation");
        assertThat(keyId(after)).isNotEqualTo(keyId(before));
        assertThat(holding(system, before).get("Patient").status()).isEqualTo(200);
        assertThat(holding(system, after).get("Patient").status()).isEqualTo(200);
    }

    private List<List<String>> readme(RunningSystem system) throws Exception {
        String text =
                Files.readString(system.installation().programs().repository().resolve("keycloak/README.md"));
        List<List<String>> commands = new ArrayList<>();
        Matcher command = REGISTER.matcher(text);
        while (command.find()) {
            List<String> words = new ArrayList<>();
            Matcher word = WORD.matcher(command.group(1));
            while (word.find()) {
                String each = word.group(1) != null ? word.group(1) : word.group(2);
                words.add(each.endsWith(".pem") ? pem(each, key()) : each);
            }
            commands.add(words);
        }
        return commands;
    }

    private static Said run(RunningSystem system, String... words) {
        return run(system, List.of(words));
    }

    private static Said run(RunningSystem system, List<String> words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        try (StreamProgress progress = new StreamProgress(out, false)) {
            int exit = Commands.execute(
                    new Terminal(out, out, progress), system::installation, words.toArray(String[]::new));
            return new Said(exit, said.toString(StandardCharsets.UTF_8));
        }
    }

    private static void assertRefused(Said said, String why) {
        assertThat(said.exit()).as(said.text()).isEqualTo(1);
        assertThat(said.text()).contains(why).doesNotContain("\tat ");
    }

    private static void assertOut(FhirEndpoint endpoint, String path, Duration within) throws InterruptedException {
        Instant latest = Instant.now().plus(within);
        Answer answer = endpoint.get(path);
        while (answer.status() == 200 && Instant.now().isBefore(latest)) {
            Thread.sleep(500);
            answer = endpoint.get(path);
        }
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.denialCode()).contains("SN-TOKEN-004");
    }

    private static FhirEndpoint holding(RunningSystem system, String token) {
        return new FhirEndpoint(
                HttpClient.newHttpClient(), system.installation().fhirBase(), () -> token);
    }

    private static boolean accepted(RunningSystem system, String token) {
        return holding(system, token).get("Observation?patient=Patient/nobody").status() != 401;
    }

    private static String token(RunningSystem system, ECKey key) {
        return new BackendToken(Issuer.of(system.installation().issuer()), "two-keys", key)
                .fetch(Set.of("system/Observation.c"))
                .value();
    }

    private static ECKey key() throws Exception {
        return new ECKeyGenerator(Curve.P_384).keyIDFromThumbprint(true).generate();
    }

    private String pem(String name, ECKey key) throws Exception {
        Path file = directory.resolve(name);
        Files.writeString(
                file,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(key.toECPublicKey().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        return file.toString();
    }

    private static String keyId(String token) {
        String head = new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
        return RunningSystem.json(head).path("kid").asText();
    }
}
