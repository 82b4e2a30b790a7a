package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.features.Covers;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Resource;
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
            {"application/xml", "application/xml"},
            {"application/json", "application/json"},
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
        assertThat(((Goal) created.resource()).getDescription().getText()).isEqualTo("Schön gehen");
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
        assertThat(get(path + "?_format=turtle", clinician).status()).isEqualTo(406);
        String body = json(Ward.newGoal(patient, "x"));
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "text/turtle", "nonsense")) {
            Answer refused =
                    send(request("/Goal", clinician).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
            assertThat(refused.status()).as(type).isEqualTo(415);
            assertThat(refused.codes()).containsExactly("SN-REQUEST-028");
        }
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
            assertThat(get(path + "?_summary=" + summary, clinician).body()).contains("SUBSETTED");
        }
        assertThat(get(path + "?_summary=false", clinician).body()).doesNotContain("SUBSETTED");
        Ward.hidden("formats-dora");
        for (String form : List.of("?_elements=id", "?_summary=text", "?_summary=count")) {
            assertThat(get("/Goal/" + Ward.goal("formats-dora") + form, clinician).status())
                    .isIn(400, 404);
        }
    }

    @Test
    @Covers({"search.html#summary", "search.html#elements", "search.html#total", "search.html#count-0"})
    void aSearchShowsAsMuchAsIsAskedForAndCountsWhatMayBeFound() {
        String patient = Ward.open("formats-elsa");
        Ward.hidden("formats-fritz");
        String search = "/Goal?patient=" + patient;

        assertThat(get(search + "&_total=accurate", clinician).bundle().getTotal()).isEqualTo(1);
        Bundle counted = get(search + "&_summary=count", clinician).bundle();
        assertThat(counted.getTotal()).isEqualTo(1);
        assertThat(counted.getEntry()).isEmpty();
        Bundle none = get(search + "&_count=0", clinician).bundle();
        assertThat(none.getEntry()).isEmpty();
        assertThat(none.getTotal()).isEqualTo(1);
        for (String hidden : List.of(Records.id("formats-fritz"), Records.id("formats-unknown"))) {
            for (String form : List.of("&_total=accurate", "&_total=estimate", "&_summary=count")) {
                assertThat(get("/Goal?patient=" + hidden + form, clinician)
                                .bundle()
                                .getTotal())
                        .isZero();
            }
        }
        Resource part = get(search + "&_elements=lifecycleStatus", clinician)
                .bundle()
                .getEntryFirstRep()
                .getResource();
        assertThat(((Goal) part).hasIdentifier()).isFalse();
        assertThat(get(search + "&_total=sideways", clinician).status()).isEqualTo(400);
        assertThat(get(search + "&_summary=sideways", clinician).status()).isBetween(200, 400);
    }

    @Test
    @Covers("http.html#head")
    void headAnswersLikeGetWithoutABody() {
        Ward.open("formats-gerd");
        Ward.hidden("formats-hanna");
        Answer head = send(request("/Goal/" + Ward.goal("formats-gerd"), clinician)
                .method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("ETag")).contains("W/\"1\"");
        assertThat(send(request("/Goal/" + Ward.goal("formats-hanna"), clinician)
                                .method("HEAD", BodyPublishers.noBody()))
                        .status())
                .isEqualTo(404);
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
