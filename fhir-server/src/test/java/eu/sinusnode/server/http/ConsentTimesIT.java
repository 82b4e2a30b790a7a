package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Mia permits her clinic what is of June and July 2026, Noah everything but that. What is of another time, of both, or of a time that
 * cannot be told, is nowhere, and counts nowhere. Days are days in Germany.
 */
class ConsentTimesIT extends RunningServer {

    private static final SearchWorld WORLD = new SearchWorld("times");
    private static final String IN = "first in-another-offset day last within";
    private static final String OUT = "before after across open";
    private static final String CHOLESTEROL = "14647-2";
    private static boolean loaded;

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void patients() {
        if (loaded) {
            return;
        }
        loaded = true;
        WORLD.clinic();
        for (String person : List.of("mia", "noah")) {
            WORLD.person(person, "Zeitraum", "1950-01-01", false);
            load(Records.transaction(findings(person).toArray(Resource[]::new)));
            load(Records.transaction(
                    condition(person, "since-july", "2026-07", null),
                    condition(person, "since-that-year", "2026", null),
                    condition(person, "since-august", "2026-08-01", null),
                    condition(person, "written-down", null, "2026-06-03"),
                    condition(person, "whenever", null, null)));
        }
        Consent limited = consent("mia");
        Consents.permit(limited, WORLD.clinicId(), Purpose.TREAT)
                .setDataPeriod(Consents.period("2026-06-01", "2026-07-31"));
        Consent excepting = consent("noah");
        Consents.permit(excepting, WORLD.clinicId(), Purpose.TREAT)
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .setDataPeriod(Consents.period("2026-06", "2026-07"));
        load(Records.transaction(limited, excepting));
    }

    private static List<Observation> findings(String person) {
        return List.of(
                at(person, "before", "2026-05-31T23:59:59.999+02:00"),
                at(person, "first", "2026-06-01T00:00:00+02:00"),
                at(person, "in-another-offset", "2026-05-31T22:00:00Z"),
                at(person, "day", "2026-06-15"),
                at(person, "last", "2026-07-31T23:59:59.999+02:00"),
                at(person, "after", "2026-07-31T22:00:00Z"),
                over(person, "within", "2026-06-02", "2026-06-03"),
                over(person, "across", "2026-07-30", "2026-08-01"),
                over(person, "open", "2026-06-02", null));
    }

    private static Observation at(String person, String name, String moment) {
        return finding(person, name).setEffective(new DateTimeType(moment));
    }

    private static Observation over(String person, String name, String start, @Nullable String end) {
        return finding(person, name).setEffective(Consents.period(start, end));
    }

    private static Observation finding(String person, String name) {
        Observation finding = new Observation().setStatus(ObservationStatus.FINAL);
        finding.setId(WORLD.id(person + "-" + name));
        finding.addCategory(new CodeableConcept(new Coding(Codes.OBSERVATION_CATEGORY, "laboratory", null)));
        finding.setCode(new CodeableConcept(new Coding(Codes.LOINC, CHOLESTEROL, null)));
        finding.setSubject(new Reference("Patient/" + WORLD.id(person)));
        return finding.setValue(new Quantity()
                .setValue(5)
                .setUnit("mmol/L")
                .setSystem(Codes.UCUM)
                .setCode("mmol/L"));
    }

    private static Condition condition(String person, String name, @Nullable String onset, @Nullable String recorded) {
        Condition condition = new Condition().setCode(new CodeableConcept().setText("Atrial fibrillation"));
        condition.setId(WORLD.id(person + "-" + name));
        condition.setClinicalStatus(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null)));
        condition.setSubject(new Reference("Patient/" + WORLD.id(person)));
        if (onset != null) {
            condition.setOnset(new DateTimeType(onset));
        }
        if (recorded != null) {
            condition.setRecordedDateElement(new DateTimeType(recorded));
        }
        return condition;
    }

    private static Consent consent(String person) {
        Consent consent = WalkWorld.consent(WORLD.id("consent-" + person), WORLD.id(person));
        consent.getProvision().getProvision().clear();
        return consent;
    }

    /** What reaches the gate in a search was not narrowed away. */
    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    @Test
    void aSearchFindsWhatIsOfThePermittedTimeWithFullPagesAndRightTotals() {
        WORLD.assertFound("Observation?patient=MIA", of("mia", IN));
        WORLD.assertFound("Observation?patient=MIA&code=http://loinc.org|14647-2&date=gt2026-07-31", null);
        WORLD.assertFound("Observation?patient=MIA&date=ge2026-07-01", of("mia", "last"));
        WORLD.assertFound("Observation?patient=MIA&date=2026-06-15,2026-08-01", of("mia", "day"));
        WORLD.assertFound("Condition?patient=MIA", of("mia", "since-july"));
        WORLD.assertFound("Device?patient=MIA", null);
        assertThat(total("Observation?patient=MIA&_summary=count")).isEqualTo(5);
        assertThat(total("Observation?patient=MIA&_total=accurate&_count=2&_sort=-date"))
                .isEqualTo(5);
        assertThat(total("Observation?patient=MIA&value-quantity=5||mmol/L&_summary=count"))
                .isEqualTo(5);
        assertThat(paged("Observation?patient=MIA&_sort=date&_count=2")).hasSize(5);
        assertThat(paged("Observation?patient=MIA&_sort=-date&_count=2"))
                .startsWith("mia-last", "mia-day")
                .hasSize(5);
    }

    @Test
    void aSearchFindsWhatIsNotOfTheDeniedTime() {
        WORLD.assertFound("Observation?patient=NOAH", "noah-before noah-after");
        assertThat(total("Observation?patient=NOAH&_summary=count")).isEqualTo(2);
        WORLD.assertFound("Observation?patient=NOAH&date=2026-06-15", null);
        WORLD.assertFound("Condition?patient=NOAH", "noah-since-august");
        WORLD.assertFound("Device?patient=NOAH", "cuff-noah");
        assertThat(paged("Observation?patient=NOAH&_sort=-date&_count=1")).containsExactly("noah-after", "noah-before");
    }

    @Test
    void readsVersionsHistoriesAndEverythingHoldToIt() {
        for (String name : (of("mia", IN) + " " + of("noah", "before after")).split(" ")) {
            assertThat(status("Observation/" + WORLD.id(name))).as(name).isEqualTo(200);
        }
        for (String name : (of("mia", OUT) + " " + of("noah", IN + " across open")).split(" ")) {
            for (String path : List.of("", "/_history", "/_history/1")) {
                assertThat(status("Observation/" + WORLD.id(name) + path))
                        .as(name + path)
                        .isEqualTo(404);
            }
        }
        // A read knows when it was written down, which one search cannot ask for as well.
        assertThat(status("Condition/" + WORLD.id("mia-written-down"))).isEqualTo(200);
        assertThat(status("Condition/" + WORLD.id("noah-written-down"))).isEqualTo(404);
        for (String hidden : List.of("mia-since-that-year", "mia-since-august", "mia-whenever", "noah-whenever")) {
            assertThat(status("Condition/" + WORLD.id(hidden))).as(hidden).isEqualTo(404);
        }
        String everything = get("/Patient/" + WORLD.id("noah") + "/$everything?_count=100", WORLD.clinician())
                .body();
        assertThat(everything)
                .contains(WORLD.id("noah-before"))
                .doesNotContain(WORLD.id("noah-first"), WORLD.id("noah-across"), WORLD.id("noah-whenever"));
        String history =
                get("/Observation/_history?_count=100", WORLD.clinician()).body();
        assertThat(history)
                .contains(WORLD.id("mia-first"), WORLD.id("noah-after"))
                .doesNotContain(WORLD.id("mia-after"), WORLD.id("noah-first"));
    }

    @Test
    void conditionsTellNothingOfAnotherTime() {
        WORLD.assertFound("Patient?family=Zeitraum&_has:Observation:patient:date=2026-06-15", null);
        // It is a search over several patients, who limit it differently: they are left out of it.
        WORLD.assertFound("Patient?family=Zeitraum&_has:Observation:patient:date=ge2026-08-01", null);
        WORLD.assertFound("Patient?_id=NOAH&_revinclude=Observation:patient", "noah noah-before noah-after");
    }

    /** What is created here lies where the clinic does not see it, so that the other tests do not, either. */
    @Test
    void aConditionOfACreateTellsNothingOfWhatIsHidden() {
        assertThat(createUnlessOne("mia", "2026-06-15")).startsWith("200");
        assertThat(createUnlessOne("mia", "2026-08-01")).startsWith("201");
        assertThat(createUnlessOne("mia", "2026-09-09")).startsWith("201");
        assertThat(createUnlessOne("noah", "2026-06-15")).startsWith("201");
        assertThat(createUnlessOne("noah", "2026-06-16")).startsWith("201");
    }

    /** What a create is answered that is to be none if there is a finding of that day. */
    private static String createUnlessOne(String person, String day) {
        Observation another = at(person, "another", day);
        another.setId((String) null);
        Bundle bundle = Records.transaction(another);
        bundle.getEntryFirstRep()
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Observation")
                .setIfNoneExist("code=http://loinc.org|" + CHOLESTEROL + "&date=" + day);
        Answer answer = post("", TOKENS.clinicSystem(WORLD.clinicId()), bundle);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle().getEntryFirstRep().getResponse().getStatus();
    }

    @Test
    void whoeverTriesManyRecordsByIdFindsTheSameOnes() {
        List<String> all = new ArrayList<>();
        for (String name : (of("mia", IN + " " + OUT)).split(" ")) {
            all.add(WORLD.id(name));
        }
        WORLD.assertFound("Observation?_id=" + String.join(",", all), of("mia", IN));
        assertThat(total("Observation?_id=" + String.join(",", all) + "&_summary=count"))
                .isEqualTo(5);
    }

    @Test
    void theTimeOfDataIsLimitedByDays() {
        Consent consent = consent("mia");
        consent.setId((String) null);
        Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT)
                .setDataPeriod(Consents.period("2026-06-01T10:00:00Z", null));
        Answer refused = post("/Consent", TOKENS.patient(WORLD.id("mia")), consent);
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("SN-CONSENT-002", "Consent.provision.provision[0].dataPeriod");
    }

    private static String of(String person, String names) {
        return person + "-" + names.replace(" ", " " + person + "-");
    }

    private static int status(String path) {
        return get("/" + path, WORLD.clinician()).status();
    }

    private static int total(String asked) {
        return WORLD.search(asked).bundle().getTotal();
    }

    /** Full pages until the last one. */
    private static List<String> paged(String asked) {
        List<String> paged = new ArrayList<>();
        Bundle page = WORLD.search(asked).bundle();
        int full = page.getEntry().size();
        while (true) {
            paged.addAll(WORLD.names(page));
            BundleLinkComponent next = page.getLink("next");
            if (next == null) {
                return paged;
            }
            assertThat(page.getEntry()).hasSize(full);
            page = get(next.getUrl().substring(BASE.length()), WORLD.clinician())
                    .bundle();
        }
    }
}
