package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.features.Covers;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Goal;
import org.junit.jupiter.api.Test;

/** In which form records come and go, and that no form shows more than the record. */
class FormatsIT extends RunningServer {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final String clinician = TOKENS.clinician(Records.CLINIC);

    @Test
    @Covers({"http.html#mime-json", "http.html#mime-xml", "http.html#_format", "http.html#fhirVersion"})
    void jsonAndXmlGoInAndOut() {
        String patient = Ward.open("formats-anja");
        String path = "/Goal/" + Ward.goal("formats-anja");
        for (String[] form : new String[][] {
            {"application/fhir+xml", "application/fhir+xml"},
            {"application/fhir+json", "application/fhir+json"},
            {"application/xml", "application/fhir+xml"},
            {"application/json", "application/fhir+json"},
            {"application/fhir+xml; fhirVersion=4.0", "application/fhir+xml"},
            {"text/html;q=0.9, application/fhir+xml;q=0.1", "application/fhir+xml"}
        }) {
            Answer answer = Ward.get(path, clinician, "Accept", form[0]);
            assertThat(answer.header("Content-Type").orElseThrow())
                    .as(form[0])
                    .startsWith(form[1])
                    .containsIgnoringCase("charset=utf-8");
        }
        assertThat(Ward.get(path + "?_format=xml", clinician, "Accept", "application/fhir+json")
                        .body())
                .startsWith("<Goal");
        assertThat(get(path + "?_format=json", clinician).body()).startsWith("{");
        Answer created = send(request("/Goal", clinician)
                .header("Content-Type", "application/fhir+xml;charset=UTF-8")
                .POST(BodyPublishers.ofString(
                        FHIR.newXmlParser().encodeResourceToString(Ward.newGoal(patient, "Schön gehen")))));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        Goal stored = FHIR.newXmlParser().parseResource(Goal.class, created.body());
        assertThat(stored.getDescription().getText()).isEqualTo("Schön gehen");
        String location = "/Goal/" + stored.getIdElement().getIdPart();
        assertThat(((Goal) get(location, clinician).resource()).getDescription().getText())
                .isEqualTo("Schön gehen");
    }

    @Test
    @Covers({"http.html#mime-negotiation", "http.html#mime-turtle"})
    void otherFormsAreRefused() {
        String patient = Ward.open("formats-berta");
        String path = "/Goal/" + Ward.goal("formats-berta");
        for (String accept : List.of("text/turtle", "image/png", "application/pdf;q=1.0")) {
            Answer refused = Ward.get(path, clinician, "Accept", accept);
            assertThat(refused.status()).as(accept).isEqualTo(406);
            assertThat(refused.codes()).containsExactly("SN-REQUEST-029");
        }
        assertThat(get(path + "?_format=turtle", clinician).codes()).containsExactly("SN-REQUEST-029");
        assertThat(Ward.get(path, clinician, "Accept", "application/fhir+json; fhirVersion=3.0")
                        .status())
                .isEqualTo(406);
        assertThat(Ward.get("/Goal/" + Records.id("formats-nobody"), clinician, "Accept", "text/turtle")
                        .status())
                .as("said before any record is looked at")
                .isEqualTo(406);
        String body = json(Ward.newGoal(patient, "x"));
        for (String type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "text/turtle",
                "nonsense",
                "application/fhir+json;fhirVersion=5.0")) {
            Answer refused = send(
                    request("/Goal", clinician).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
            assertThat(refused.status()).as(type + " " + refused.body()).isEqualTo(415);
            assertThat(refused.codes()).containsExactly("SN-REQUEST-028");
        }
        Answer unnamed = send(request("/Goal", clinician).POST(BodyPublishers.ofString(body)));
        assertThat(unnamed.codes()).as("without a content type").containsExactly("SN-REQUEST-028");
        assertThat(send(request("/Patient/_search", clinician)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("_id=" + patient)))
                        .status())
                .as("a search is a form")
                .isEqualTo(200);
    }

    @Test
    @Covers({"http.html#_pretty", "http.html#_summary", "http.html#_elements"})
    void aReadShowsAsMuchAsIsAskedFor() {
        Ward.open("formats-carla");
        String path = "/Goal/" + Ward.goal("formats-carla");
        assertThat(get(path + "?_pretty=true", clinician).body()).contains("\n  ");
        assertThat(get(path + "?_pretty=false", clinician).body()).doesNotContain("\n  ");
        Goal part = (Goal) get(path + "?_elements=lifecycleStatus", clinician).resource();
        assertThat(part.getLifecycleStatus()).isNotNull();
        assertThat(part.hasIdentifier()).isFalse();
        assertThat(part.getMeta().getTag()).anyMatch(tag -> "SUBSETTED".equals(tag.getCode()));
        assertThat(put(path, clinician, part).codes())
                .as("a part is not stored in place of the whole")
                .containsExactly("SN-CONTENT-001");
        for (String summary : List.of("true", "text", "data")) {
            assertThat(get(path + "?_summary=" + summary, clinician).resource()).isInstanceOf(Goal.class);
            assertThat(get(path + "?_summary=" + summary, clinician).body()).contains("SUBSETTED");
        }
        assertThat(get(path + "?_summary=false", clinician).body()).doesNotContain("SUBSETTED");
        Ward.hidden("formats-dora");
        for (String form : List.of("?_elements=id", "?_summary=text")) {
            assertThat(get("/Goal/" + Ward.goal("formats-dora") + form, clinician)
                            .status())
                    .isEqualTo(404);
        }
        for (String goal : List.of(path, "/Goal/" + Ward.goal("formats-dora"))) {
            assertThat(get(goal + "?_summary=count", clinician).codes()).containsExactly("SN-SEARCH-001");
        }
    }

    @Test
    @Covers("http.html#head")
    void headAnswersLikeGetWithoutABody() {
        Ward.open("formats-gerd");
        Ward.hidden("formats-hanna");
        Answer head =
                send(request("/Goal/" + Ward.goal("formats-gerd"), clinician).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("ETag")).contains("W/\"1\"");
        assertThat(head.header("Content-Type").orElseThrow()).startsWith("application/fhir+json");
        for (String hidden : List.of(Ward.goal("formats-hanna"), Records.id("formats-nobody"))) {
            Answer refused = send(request("/Goal/" + hidden, clinician).method("HEAD", BodyPublishers.noBody()));
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.header("ETag")).isEmpty();
        }
    }

    @Test
    @Covers("http.html#binary")
    void aBinaryComesAndGoesAsWhatItIs() {
        String patient = Ward.open("formats-ida");
        String system = TOKENS.clinicSystem(Records.CLINIC);
        String page = "<html><script>alert(1)</script></html>";
        Answer created = send(request("/Binary", system)
                .header("Content-Type", "text/html")
                .header("X-Security-Context", "Patient/" + patient)
                .POST(BodyPublishers.ofString(page)));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String location = created.header("Location").orElseThrow().replaceFirst("/_history/.*", "");

        Answer raw = Ward.get(location, clinician, "Accept", "text/html");
        assertThat(raw.status()).isEqualTo(200);
        assertThat(raw.body()).isEqualTo(page);
        assertThat(raw.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(raw.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(raw.header("Content-Disposition").orElseThrow().toLowerCase())
                .as("it is saved and not run")
                .startsWith("attachment");
        Binary resource = (Binary)
                Ward.get(location, clinician, "Accept", "application/fhir+json").resource();
        assertThat(new String(resource.getContent())).isEqualTo(page);
        assertThat(resource.getSecurityContext().getReference()).isEqualTo("Patient/" + patient);
        load(Records.transaction(Records.organization(Records.id("formats-other"), "Praxis")));
        assertThat(Ward.get(location, TOKENS.clinician(Records.id("formats-other")), "Accept", "text/html")
                        .status())
                .isEqualTo(404);
        assertThat(send(request("/Binary", system)
                                .header("Content-Type", "text/html")
                                .POST(BodyPublishers.ofString(page)))
                        .status())
                .as("a Binary says whose it is")
                .isEqualTo(422);
    }
}
