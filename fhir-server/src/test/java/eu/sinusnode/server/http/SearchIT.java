package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.features.Covers;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** R4's search on the real storage: chains, modifiers, prefixes, sorting, totals and pages, for a clinician of one clinic. */
class SearchIT extends RunningServer {

    private static final SearchWorld WORLD = new SearchWorld("search");
    private static boolean loaded;

    @Autowired
    MeterRegistry meters;

    /** Mia has three heart rates, Noah one; Olaf permits nobody. */
    @BeforeEach
    void world() {
        if (loaded) {
            return;
        }
        loaded = true;
        WORLD.clinic();
        WORLD.person("mia", "Albers", "1990-03-01", true);
        WORLD.person("noah", "Zander", "1950-07-31", true);
        WORLD.person("olaf", "Albers", "1990-03-01", false);
        load(Records.transaction(
                WORLD.heartRate("mia", "mia-hr-1", 61, "2026-01-01T08:00:00Z"),
                WORLD.heartRate("mia", "mia-hr-2", 62, "2026-02-01T08:00:00Z"),
                WORLD.heartRate("mia", "mia-hr-3", 63, "2026-02-01T08:00:00Z"),
                WORLD.heartRate("noah", "noah-hr", 90, "2026-03-01T08:00:00Z"),
                WORLD.heartRate("olaf", "olaf-hr", 120, "2026-03-01T08:00:00Z")));
    }

    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    private static String clinician() {
        return WORLD.clinician();
    }

    private static Answer search(String asked) {
        return WORLD.search(asked);
    }

    private static List<String> names(Bundle bundle) {
        return WORLD.names(bundle);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Observation?patient.family=Albers; mia-hr-1 mia-hr-2 mia-hr-3",
                "Observation?subject:Patient.family=Albers&code=8867-4; mia-hr-1 mia-hr-2 mia-hr-3",
                "Observation?patient.family:exact=albers;",
                "Observation?patient.birthdate=lt1960-01-01; noah-hr",
                "Observation?patient.family=Nobody;",
                "Observation?patient._id=NOAH; noah-hr",
                "Observation?patient._id=OLAF;",
                "Device?patient.family=Zander; cuff-noah",
                "Device?patient.family=Albers; cuff-mia",
                "Patient?_has:Observation:patient:date=ge2026-03-01; noah",
                "Patient?_has:Observation:subject:code=8867-4&family=Albers; mia",
                "Patient?_has:Observation:patient:code:not=8867-4;",
                "Patient?_has:Observation:patient:patient.family=Zander; noah",
                "Patient?_has:CareTeam:patient:status=active; mia noah",
                "Patient?_id=MIA,OLAF&_has:Observation:patient:code=8867-4; mia",
            })
    @Covers({"search.html#chaining", "search.html#has"})
    void chainsAndHas(String asked, String found) {
        assertFound(asked, found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Observation?date=2026-02; mia-hr-2 mia-hr-3",
                "Observation?date=eq2026-02-01; mia-hr-2 mia-hr-3",
                "Observation?date=ne2026-02-01; mia-hr-1 noah-hr",
                "Observation?date=gt2026-02-01; noah-hr",
                "Observation?date=ge2026-02-01&date=lt2026-03-01; mia-hr-2 mia-hr-3",
                "Observation?date=le2026-01-01; mia-hr-1",
                "Observation?date=sa2026-02-01; noah-hr",
                "Observation?date=eb2026-02-01; mia-hr-1",
                "Observation?date=2026-01-01,2026-03-01; mia-hr-1 noah-hr",
                "Observation?code:not=8867-4;",
                "Observation?code:not=29463-7&date=ge2026-03-01; noah-hr",
                "Observation?code:not=29463-7,8867-4;",
                "Observation?status:not=final;",
                "Observation?date:missing=true;",
                "Observation?date:missing=false; mia-hr-1 mia-hr-2 mia-hr-3 noah-hr",
                "Observation?category:missing=true;",
                "Observation?identifier:missing=false&date=2026-01-01; mia-hr-1",
                "Observation?subject:Patient=NOAH; noah-hr",
                "Observation?patient:Patient=Patient/NOAH,OLAF; noah-hr",
                "Observation?patient=MIA,NOAH&date=ge2026-02-15; noah-hr",
                "Patient?family:exact=Albers; mia",
                "Patient?family:exact=albers;",
                "Patient?family:contains=and; noah",
                "Patient?family=alb,zan; mia noah",
                "Patient?family:missing=true;",
                "Patient?birthdate=ge1990-03-01&family=Albers; mia",
                "Patient?identifier:missing=false&gender:not=male; mia noah",
            })
    @Covers({
        "search.html#date",
        "search.html#prefix",
        "search.html#string",
        "search.html#token",
        "search.html#reference",
        "search.html#combining",
        "search.html#missing",
        "search.html#exact",
        "search.html#contains",
        "search.html#not",
        "search.html#type",
        "search.html#_id"
    })
    void prefixesModifiersAlternatives(String asked, String found) {
        assertFound(asked, found);
    }

    @Test
    @Covers("search.html#_lastUpdated")
    void recordsAreFoundByWhenTheyWereChanged() {
        String changed = ((Observation)
                        get("/Observation/" + WORLD.id("noah-hr"), clinician()).resource())
                .getMeta()
                .getLastUpdatedElement()
                .getValueAsString();
        assertFound("Observation?patient=NOAH&_lastUpdated=" + changed, "noah-hr");
        assertFound("Observation?patient=NOAH&_lastUpdated=ge" + changed, "noah-hr");
        assertFound("Observation?patient=NOAH&_lastUpdated=gt" + changed, null);
        assertFound("Observation?patient=NOAH&_lastUpdated=lt" + changed, null);
        assertFound("Observation?patient=NOAH&_lastUpdated=ge2026-01-01&_lastUpdated=le" + changed, "noah-hr");
        assertFound("Observation?patient=NOAH&_lastUpdated=lt2026-01-01", null);
    }

    /** A comma, a bar, a dollar and a backslash that belong to the value have a backslash before them. */
    @Test
    @Covers("search.html#escaping")
    void whatSeparatesCanBePartOfAValue() {
        Observation odd = WORLD.heartRate("noah", "noah-odd", 70, "2025-01-01T08:00:00Z");
        odd.getIdentifierFirstRep().setValue("a,b|c$d\\e");
        WORLD.person("pia", "Ober, Unter", "1980-01-01", true);
        load(Records.transaction(odd));

        assertFound("Observation?identifier=a\\,b\\|c\\$d\\\\e", "noah-odd");
        assertFound(
                "Observation?identifier=" + odd.getIdentifierFirstRep().getSystem() + "|a\\,b\\|c\\$d\\\\e",
                "noah-odd");
        assertFound("Observation?identifier=noah-hr,a\\,b\\|c\\$d\\\\e", "noah-hr noah-odd");
        assertFound("Observation?identifier=a,b", null);
        assertFound("Patient?family:exact=Ober\\, Unter", "pia");
        assertFound("Patient?family:exact=Ober, Unter", null);
    }

    @Test
    @Covers("search.html#uri")
    void canonicalsAreFoundByTheirUrl() {
        Questionnaire questionnaire = questionnaire("https://sinusnode.eu/fhir/Questionnaire/search-it");
        load(Records.transaction(questionnaire));

        assertFound("Questionnaire?url=https://sinusnode.eu/fhir/Questionnaire/search-it", "questionnaire");
        assertFound("Questionnaire?url=https://sinusnode.eu/fhir/Questionnaire/search-it/", null);
        assertFound("Questionnaire?url=https://sinusnode.eu/fhir/Questionnaire/SEARCH-IT", null);
    }

    private static Questionnaire questionnaire(String url) {
        Questionnaire questionnaire = new Questionnaire();
        questionnaire.setId(WORLD.id("questionnaire"));
        questionnaire.setUrl(url).setVersion("1.0.0").setTitle("Wie geht es Ihnen?");
        questionnaire.setStatus(PublicationStatus.ACTIVE);
        questionnaire.addItem().setLinkId("1").setText("Wie geht es Ihnen?").setType(QuestionnaireItemType.STRING);
        return questionnaire;
    }

    @Test
    @Covers({"search.html#sort", "search.html#count"})
    void pagesAreSortedFullAndDoNotOverlap() {
        for (String sort : List.of("date", "-date", "-date,status", "_lastUpdated", "-_id", "code,-date", "status")) {
            List<String> seen = new ArrayList<>();
            List<String> days = new ArrayList<>();
            Bundle page =
                    search("Observation?code=8867-4&_count=1&_sort=" + sort).bundle();
            while (true) {
                assertThat(page.getEntry()).as(sort).hasSize(1);
                seen.addAll(names(page));
                Observation vital = (Observation) page.getEntry().get(0).getResource();
                days.add(vital.getEffectiveDateTimeType().getValueAsString());
                if (page.getLink("next") == null) {
                    break;
                }
                page = get(page.getLink("next").getUrl(), clinician()).bundle();
            }
            assertThat(seen).as(sort).containsExactlyInAnyOrder("mia-hr-1", "mia-hr-2", "mia-hr-3", "noah-hr");
            if (sort.contains("date")) {
                assertThat(days)
                        .as(sort)
                        .isSortedAccordingTo(
                                sort.contains("-")
                                        ? Comparator.<String>reverseOrder()
                                        : Comparator.<String>naturalOrder());
            }
        }
        assertThat(names(search("Patient?_sort=-family").bundle())).containsExactly("noah", "mia");
        assertThat(names(search("Patient?_sort=birthdate,family").bundle())).containsExactly("noah", "mia");
    }

    @Test
    @Covers({"search.html#total", "search.html#summary", "search.html#count-0"})
    void totalsCountWhatTheCallerMayFind() {
        assertThat(search("Observation?code=8867-4&_summary=count").bundle().getTotal())
                .isEqualTo(4);
        assertThat(search("Observation?code=8867-4&_summary=count").bundle().getEntry())
                .isEmpty();
        assertThat(search("Observation?code=8867-4&_count=0").bundle().getTotal())
                .isEqualTo(4);
        assertThat(search("Observation?code=8867-4&_count=1&_total=accurate")
                        .bundle()
                        .getTotal())
                .isEqualTo(4);
        assertThat(search("Observation?code=8867-4&_total=none").bundle().getEntry())
                .hasSize(4);
        assertThat(search("Observation?code=8867-4&_total=estimate").bundle().getEntry())
                .hasSize(4);
        assertThat(search("Observation?patient=OLAF&_summary=count").bundle().getTotal())
                .isZero();
        assertThat(search("Observation?patient.family=Albers&_summary=count")
                        .bundle()
                        .getTotal())
                .isEqualTo(3);
    }

    /** The patient who is named in the form is named in no link, no page and no log of URLs. */
    @Test
    @Covers("http.html#search-post")
    void aPostedSearchIsPagedWithoutItsValues() {
        Answer first = send(request("/Observation/_search", clinician())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "patient.family=Albers&code=8867-4&_count=2&_sort=date&_include=Observation:patient")));
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(names(first.bundle())).containsExactly("mia-hr-1", "mia-hr-2", "mia");
        String next = first.bundle().getLink("next").getUrl();
        assertThat(next).doesNotContain("Albers").doesNotContain(Records.id("search-mia"));
        assertThat(names(get(next, clinician()).bundle())).containsExactly("mia-hr-3", "mia");
    }

    @Test
    @Covers({"search.html#include", "search.html#revinclude", "search.html#include-iterate"})
    void recordsComeAlongAndDoNotCount() {
        Bundle vitals = search(
                        "Observation?date=ge2026-02-15&_total=accurate&_include=Observation:patient&_revinclude=Provenance:target")
                .bundle();
        assertThat(names(vitals)).containsExactly("noah-hr", "noah");
        assertThat(vitals.getTotal()).isEqualTo(1);
        assertThat(vitals.getEntry())
                .extracting(entry -> entry.getSearch().getMode().toCode())
                .containsExactly("match", "include");

        Bundle devices = search("Patient?family=Albers,Zander&_revinclude=Device:patient&_sort=family")
                .bundle();
        assertThat(names(devices)).containsExactlyInAnyOrder("mia", "noah", "cuff-mia", "cuff-noah");

        Bundle all = search("Device?patient=NOAH&_include=Device:patient&_revinclude:iterate=Observation:patient")
                .bundle();
        assertThat(names(all)).containsExactlyInAnyOrder("cuff-noah", "noah", "noah-hr");
    }

    @Test
    void includesStayOnFurtherPages() {
        Bundle page = search("Observation?patient=MIA&_count=2&_sort=date&_include=Observation:patient")
                .bundle();
        assertThat(names(page)).containsExactly("mia-hr-1", "mia-hr-2", "mia");
        Bundle next = get(page.getLink("next").getUrl(), clinician()).bundle();
        assertThat(names(next)).containsExactly("mia-hr-3", "mia");
        Bundle again = get(next.getLink("previous").getUrl(), clinician()).bundle();
        assertThat(names(again)).containsExactly("mia-hr-1", "mia-hr-2", "mia");
    }

    /** What may be used of one code is not found by its negation, its absence, or another patient's condition. */
    @Test
    void aLimitToCodesHoldsBesideModifiers() {
        String weights = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", WORLD.clinicId())
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/Patient.rs user/Observation.rs?code=http://loinc.org|29463-7"));
        for (String search : List.of(
                "Observation?code:not=29463-7",
                "Observation?code:missing=false",
                "Observation?code=8867-4",
                "Observation?code:not=x&patient=" + Records.id("search-mia"),
                "Patient?_has:Observation:patient:code:not=29463-7",
                "Patient?_has:Observation:patient:date=ge2026-01-01")) {
            Answer answer = get("/" + search, weights);
            assertThat(answer.status()).as(search + answer.body()).isEqualTo(200);
            assertThat(answer.bundle().getEntry()).as(search).isEmpty();
        }
    }

    private static void assertFound(String asked, @Nullable String found) {
        WORLD.assertFound(asked, found);
    }
}
