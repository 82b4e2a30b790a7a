package eu.sinusnode.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.sinusnode.server.export.ExportClient;
import eu.sinusnode.server.export.ExportWorld;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.RunningServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

/** Exports that hold somebody who is erased end, and no others. */
class ErasedExportsIT extends RunningServer {

    @Test
    void exportsThatHoldThePersonEndAndNoOthers() {
        ExportWorld world = new ExportWorld("erase-export");
        String anna = world.patient("anna");
        String berta = world.patient("berta");
        ExportWorld elsewhere = new ExportWorld("erase-export-elsewhere");
        elsewhere.patient("clara");
        String ofClinic = complete(world.clinicToken());
        String own = complete(TOKENS.patient(anna));
        String ofOther = complete(TOKENS.patient(berta));
        String ofOthers = complete(elsewhere.clinicToken());
        String naming = naming(elsewhere.clinicToken(), anna);

        Parameters asked = new Parameters()
                .addParameter("patient", new Reference("Patient/" + anna))
                .addParameter("reason", new CodeType("no-longer-needed"));
        Answer erased = post("/Patient/" + anna + "/$erase", TOKENS.loader(), asked);

        assertThat(erased.status()).as(erased.body()).isEqualTo(200);
        for (String url : new String[] {ofClinic, own}) {
            String token = url.equals(own) ? TOKENS.patient(anna) : world.clinicToken();
            assertThat(get(url, token).codes()).containsExactly("SN-EXPORT-002");
            assertThat(folder(url)).doesNotExist();
        }
        assertThat(get(naming, elsewhere.clinicToken()).codes())
                .as("it holds nothing of her, and was asked to")
                .containsExactly("SN-EXPORT-002");
        assertThat(get(ofOther, TOKENS.patient(berta)).status()).isEqualTo(200);
        assertThat(get(ofOthers, elsewhere.clinicToken()).status()).isEqualTo(200);
        assertThat(folder(ofOthers)).exists();
        String token = world.clinicToken();
        JsonNode anew = new ExportClient(token).manifest(complete(token));
        String patients = get(anew.at("/output/0/url").asText(), token).body();
        assertThat(patients).contains(berta).doesNotContain(anna);
    }

    private static String complete(String token) {
        ExportClient client = new ExportClient(token);
        String url = client.started("/$export?_type=Patient");
        assertThat(client.manifest(url).at("/output")).isNotEmpty();
        assertThat(Files.exists(folder(url))).isTrue();
        return url;
    }

    /** An export that somebody who is not linked to the patient has asked for by name. */
    private static String naming(String token, String patient) {
        Answer answer = send(request("/Patient/$export", token)
                .header("Prefer", "respond-async")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(
                        json(new Parameters().addParameter("patient", new Reference("Patient/" + patient))))));
        String url = answer.header("Content-Location").orElseThrow();
        assertThat(new ExportClient(token).manifest(url).at("/output")).isEmpty();
        return url;
    }

    private static Path folder(String url) {
        return HOME.resolve("exports").resolve(url.replaceAll(".*[=/]", ""));
    }
}
