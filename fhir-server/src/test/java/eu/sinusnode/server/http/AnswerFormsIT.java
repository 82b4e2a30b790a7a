package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.features.Covers;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How much of its records a search shows, and what it says of parameters that it does not know. */
class AnswerFormsIT extends RunningServer {

    private static final SearchWorld WORLD = new SearchWorld("forms");
    private static boolean loaded;

    @Autowired
    MeterRegistry meters;

    /** Olaf permits nobody. */
    @BeforeEach
    void world() {
        if (loaded) {
            return;
        }
        loaded = true;
        WORLD.clinic();
        WORLD.person("mia", "Albers", "1990-03-01", true);
        WORLD.person("olaf", "Albers", "1990-03-01", false);
        load(Records.transaction(
                WORLD.heartRate("mia", "mia-hr-1", 61, "2026-01-01T08:00:00Z"),
                WORLD.heartRate("mia", "mia-hr-2", 62, "2026-02-01T08:00:00Z"),
                WORLD.heartRate("mia", "mia-hr-3", 63, "2026-03-01T08:00:00Z"),
                WORLD.heartRate("olaf", "olaf-hr", 120, "2026-03-01T08:00:00Z")));
    }

    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    private static List<String> tags(Resource record) {
        return record.getMeta().getTag().stream().map(tag -> tag.getCode()).toList();
    }

    private static Answer get(String path, String... headers) {
        return headers.length == 0
                ? RunningServer.get("/" + path, WORLD.clinician())
                : Ward.get("/" + path, WORLD.clinician(), headers);
    }

    @Test
    @Covers("search.html#elements")
    void elementsAreShownOnEveryPageWithWhatIsMandatory() {
        List<Observation> seen = new ArrayList<>();
        Bundle page = WORLD.search(
                        "Observation?patient=MIA&_elements=value,subject&_count=2&_sort=date&_total=accurate")
                .bundle();
        assertThat(page.getTotal()).isEqualTo(3);
        assertThat(page.getLink("self").getUrl()).contains("_elements=value%2Csubject");
        while (true) {
            page.getEntry().forEach(entry -> seen.add((Observation) entry.getResource()));
            if (page.getLink("next") == null) {
                break;
            }
            page = RunningServer.get(page.getLink("next").getUrl(), WORLD.clinician())
                    .bundle();
        }
        assertThat(seen).hasSize(3).allSatisfy(part -> {
            assertThat(tags(part)).containsExactly("SUBSETTED");
            assertThat(part.getValueQuantity().getValue())
                    .isBetween(java.math.BigDecimal.valueOf(61), java.math.BigDecimal.valueOf(63));
            assertThat(part.getSubject().getReference()).isEqualTo("Patient/" + WORLD.id("mia"));
            assertThat(part.hasStatus()).isTrue();
            assertThat(part.hasCode()).isTrue();
            assertThat(part.hasId()).isTrue();
            assertThat(part.getMeta().hasVersionId()).isTrue();
            assertThat(part.hasEffective()).isFalse();
            assertThat(part.hasIdentifier()).isFalse();
            assertThat(part.hasDevice()).isFalse();
        });
        assertThat(WORLD.search("Observation?patient=OLAF&_elements=value")
                        .bundle()
                        .getEntry())
                .isEmpty();
    }

    @Test
    void whatComesAlongIsShownAsItIs() {
        Bundle found = WORLD.search(
                        "Observation?_id=" + WORLD.id("mia-hr-1") + "&_elements=status&_include=Observation:patient")
                .bundle();
        assertThat(found.getEntry()).hasSize(2);
        for (BundleEntryComponent entry : found.getEntry()) {
            if (entry.getResource() instanceof Patient patient) {
                assertThat(patient.hasBirthDate()).isTrue();
                assertThat(tags(patient)).isEmpty();
            } else {
                assertThat(tags(entry.getResource())).containsExactly("SUBSETTED");
            }
        }
    }

    @Test
    @Covers("search.html#summary")
    void summariesOfASearch() {
        String search = "Observation?patient=MIA&_sort=date&_count=2&_summary=";
        Observation whole = first(search + "false");
        assertThat(tags(whole)).doesNotContain("SUBSETTED");
        Observation summary = first(search + "true");
        assertThat(tags(summary)).contains("SUBSETTED");
        assertThat(summary.hasValue()).isTrue();
        assertThat(summary.hasDevice())
                .as("R4 does not mark it as part of the summary")
                .isFalse();
        Observation data = first(search + "data");
        assertThat(tags(data)).contains("SUBSETTED");
        assertThat(data.hasText()).isFalse();
        assertThat(data.hasDevice()).isTrue();
        Observation text = first(search + "text");
        assertThat(tags(text)).contains("SUBSETTED");
        assertThat(text.hasStatus()).isTrue();
        assertThat(text.hasCode()).isTrue();
        assertThat(text.hasValue()).isFalse();
        assertThat(text.hasSubject()).isFalse();
        for (String form : List.of("true", "data", "text")) {
            Bundle page = WORLD.search(search + form).bundle();
            assertThat(page.getLink("self").getUrl()).contains("_summary=" + form);
            Bundle next = RunningServer.get(page.getLink("next").getUrl(), WORLD.clinician())
                    .bundle();
            assertThat(next.getEntry()).as(form).hasSize(1);
            assertThat(tags(next.getEntryFirstRep().getResource())).as(form).contains("SUBSETTED");
        }
    }

    private static Observation first(String search) {
        return (Observation) WORLD.search(search).bundle().getEntryFirstRep().getResource();
    }

    @Test
    void xmlAndAPostedSearchShowTheSamePart() {
        String search = "patient=" + WORLD.id("mia") + "&_elements=status&_sort=date";
        Answer xml = get("Observation?" + search, "Accept", "application/fhir+xml");
        Bundle found = FhirContext.forR4Cached().newXmlParser().parseResource(Bundle.class, xml.body());
        Answer form = send(request("/Observation/_search", WORLD.clinician())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(search)));
        for (Bundle each : List.of(found, form.bundle())) {
            assertThat(each.getEntry()).hasSize(3).allSatisfy(entry -> {
                Observation part = (Observation) entry.getResource();
                assertThat(tags(part)).containsExactly("SUBSETTED");
                assertThat(part.hasStatus()).isTrue();
                assertThat(part.hasValue()).isFalse();
            });
        }
        for (String form2 : List.of("_elements=status", "_summary=true", "_summary=text", "_summary=data")) {
            Answer read = get("Observation/" + WORLD.id("mia-hr-1") + "?" + form2, "Accept", "application/fhir+xml");
            assertThat(read.header("Content-Type").orElseThrow()).startsWith("application/fhir+xml");
            assertThat(tags(FhirContext.forR4Cached().newXmlParser().parseResource(Observation.class, read.body())))
                    .contains("SUBSETTED");
        }
    }

    @Test
    void aHiddenRecordAnswersLikeAnUnknownOneInEveryPart() {
        for (String form : List.of("_elements=status", "_summary=true", "_summary=text", "_summary=data")) {
            for (String version : List.of("", "/_history/1")) {
                Answer hidden = get("Observation/" + WORLD.id("olaf-hr") + version + "?" + form);
                Answer unknown = get("Observation/" + WORLD.id("nobody") + version + "?" + form);
                assertThat(hidden.status()).isEqualTo(404);
                assertThat(hidden.body().replace(WORLD.id("olaf-hr"), "ID"))
                        .isEqualTo(unknown.body().replace(WORLD.id("nobody"), "ID"));
            }
        }
    }

    @Test
    @Covers({"search.html#handling", "search.html#outcome", "search.html#self"})
    void whatIsUnknownIsPassedOverWhenTheClientAsksForIt() {
        String search = "Observation?patient=" + WORLD.id("mia") + "&colour=red&_count=2";
        assertThat(get(search).codes()).containsExactly("SN-SEARCH-001");
        assertThat(get(search, "Prefer", "handling=strict").codes()).containsExactly("SN-SEARCH-001");
        Bundle found = get(search, "Prefer", "handling=lenient").bundle();
        assertThat(found.getLink("self").getUrl()).contains("patient=").doesNotContain("colour");
        assertThat(found.getEntry()).hasSize(3);
        BundleEntryComponent told = found.getEntry().get(2);
        assertThat(told.getSearch().getMode()).isEqualTo(SearchEntryMode.OUTCOME);
        assertThat(((OperationOutcome) told.getResource()).getIssue())
                .singleElement()
                .satisfies(issue -> assertThat(issue.getDiagnostics()).startsWith("SN-REQUEST-014: Parameter colour"));
        assertThat(get(search + "&_elements=status", "Prefer", "handling=lenient")
                        .bundle()
                        .getEntry()
                        .get(2)
                        .getResource()
                        .getMeta()
                        .getTag())
                .as("it is no part of a record")
                .isEmpty();
        for (String closed : List.of("performer=x", "value-string=x", "_tag=x", "code:text=x", "_summary=count")) {
            assertThat(get(search + "&" + closed, "Prefer", "handling=lenient").codes())
                    .as(closed)
                    .containsExactly("SN-SEARCH-001");
        }
    }
}
