package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Conditions through references by a clinic and an insurer whom more patients permit something than a search can name, held
 * against a plain evaluation among the records that they may have.
 */
class WideChainIT extends RunningServer {

    private static final List<String> PEOPLE = List.of("mia", "noah", "olaf", "pia", "quentin");
    private static final String EXCEPTED = "I10.00";
    private static final SearchWorld WORLD = new SearchWorld("widechain");
    private static final List<Resource> LOADED = new ArrayList<>();

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void patients() {
        if (LOADED.isEmpty()) {
            loadPatients();
        }
        Crowd crowd = new Crowd(database, WORLD.clinicId());
        crowd.gather();
        crowd.insure(PEOPLE.stream().map(WORLD::id).toList());
    }

    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        new Crowd(database, WORLD.clinicId()).leave();
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    private static void loadPatients() {
        WORLD.clinic();
        int born = 1950;
        for (String person : PEOPLE) {
            WORLD.person(person, person.equals("mia") ? "Breit" : "Weit", born + "-05-01", false);
            Patient patient = new Patient();
            patient.setId(WORLD.id(person));
            patient.addName().setFamily(person.equals("mia") ? "Breit" : "Weit");
            patient.getBirthDateElement().setValueAsString(born++ + "-05-01");
            LOADED.add(patient);
        }
        // Olaf permits nothing, and Quentin's care team has ended.
        permit("mia");
        permit("noah");
        permit("quentin");
        CareTeam ended = Records.careTeam(WORLD.id("team-quentin"), WORLD.id("quentin"), WORLD.clinicId());
        ended.getPeriod().setEndElement(new DateTimeType("2026-02-01"));
        load(Records.transaction(ended));
        // Pia permits everything but one diagnosis.
        Consent pia = consent("pia");
        for (Purpose purpose : List.of(Purpose.TREAT, Purpose.HPAYMT)) {
            Consents.permit(pia, WORLD.clinicId(), purpose)
                    .addProvision()
                    .setType(ConsentProvisionType.DENY)
                    .addClass_(new Coding(Codes.RESOURCE_TYPES, "Condition", null))
                    .addCode(new CodeableConcept(new Coding(Codes.ICD_10_GM, EXCEPTED, null)));
        }
        load(Records.transaction(pia));
        List<Resource> records = new ArrayList<>();
        int day = 1;
        for (String person : PEOPLE) {
            records.add(encounter(person, "visit-" + person, day % 2 == 0 ? "finished" : "in-progress"));
            for (String code : List.of("I48.0", EXCEPTED, "I50.13")) {
                records.add(condition(person, person + "-" + code, code, "2026-03-" + (day++ + 9)));
            }
            Observation vital =
                    WORLD.heartRate(person, person + "-hr", 60 + day, "2026-06-01T08:" + (10 + day) + ":00+02:00");
            vital.setEncounter(new Reference("Encounter/" + WORLD.id("visit-" + person)));
            records.add(vital);
        }
        load(Records.transaction(records.toArray(Resource[]::new)));
        LOADED.addAll(records);
    }

    private static Encounter encounter(String person, String name, String status) {
        Encounter encounter = new Encounter();
        encounter.setId(WORLD.id(name));
        encounter.setStatus(EncounterStatus.fromCode(status));
        encounter.setClass_(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", null));
        encounter.setSubject(new Reference("Patient/" + WORLD.id(person)));
        encounter.getPeriod().setStartElement(new DateTimeType("2026-03-01T08:00:00Z"));
        if (status.equals("finished")) {
            encounter.getPeriod().setEndElement(new DateTimeType("2026-03-01T09:00:00Z"));
        }
        return encounter;
    }

    private static Condition condition(String person, String name, String code, String recorded) {
        Condition condition = new Condition();
        condition.setId(WORLD.id(name));
        condition.setSubject(new Reference("Patient/" + WORLD.id(person)));
        condition.setEncounter(new Reference("Encounter/" + WORLD.id("visit-" + person)));
        condition.getCode().addCoding(new Coding(Codes.ICD_10_GM, code, null));
        condition
                .getClinicalStatus()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null));
        condition.setRecordedDateElement(new DateTimeType(recorded));
        return condition;
    }

    private static Consent consent(String patient) {
        Consent consent = WalkWorld.consent(WORLD.id("consent-" + patient), WORLD.id(patient));
        consent.getProvision().getProvision().clear();
        return consent;
    }

    private static void permit(String patient) {
        Consent consent = consent(patient);
        Consents.permit(consent, WORLD.clinicId(), Purpose.HPAYMT);
        Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT);
        load(Records.transaction(consent));
    }

    private static String insurer() {
        return TOKENS.token(CallerKind.INSURER, claims -> claims.claim("organization", WORLD.clinicId()));
    }

    private static Answer ask(String search, String token) {
        return get("/" + SearchWorld.encoded(search), token);
    }

    /** What all pages hold, each of them full, but for the last one. */
    private static List<String> paged(String search, String token, int size) {
        List<String> found = new ArrayList<>();
        Answer answer = ask(search + "&_count=" + size, token);
        while (true) {
            assertThat(answer.status()).as(search + " " + answer.body()).isEqualTo(200);
            Bundle page = answer.bundle();
            found.addAll(WORLD.names(page));
            BundleLinkComponent next = page.getLink("next");
            if (next == null) {
                return found;
            }
            assertThat(page.getEntry()).as(search).hasSize(size);
            answer = get(next.getUrl(), token);
        }
    }

    // The plain evaluation

    private static Stream<Resource> visible(String type) {
        return LOADED.stream().filter(record -> record.fhirType().equals(type)).filter(WideChainIT::mayBeHad);
    }

    private static boolean mayBeHad(Resource record) {
        String owner = owner(record);
        return List.of("mia", "noah", "pia").stream().map(WORLD::id).anyMatch(owner::equals)
                && !(owner.equals(WORLD.id("pia")) && isCondition(record, EXCEPTED));
    }

    private static String owner(Resource record) {
        if (record instanceof Condition condition) {
            return id(condition.getSubject());
        }
        if (record instanceof Encounter encounter) {
            return id(encounter.getSubject());
        }
        return record instanceof Observation observation ? id(observation.getSubject()) : record.getIdPart();
    }

    private static String id(Reference reference) {
        return reference.getReferenceElement().getIdPart();
    }

    private static boolean isCondition(Resource record, String code) {
        return record instanceof Condition condition
                && condition.getCode().getCodingFirstRep().getCode().equals(code);
    }

    private static boolean bornFrom(Resource record, String day) {
        return record instanceof Patient patient
                && patient.getBirthDateElement().getValueAsString().compareTo(day) >= 0;
    }

    private static boolean isOf(Resource record, Predicate<Resource> patient) {
        return visible("Patient")
                .anyMatch(each -> patient.test(each) && each.getIdPart().equals(owner(record)));
    }

    private static boolean isIn(Resource record, Predicate<Encounter> visit) {
        Reference named = record instanceof Condition condition
                ? condition.getEncounter()
                : ((Observation) record).getEncounter();
        return visible("Encounter")
                .anyMatch(
                        each -> visit.test((Encounter) each) && each.getIdPart().equals(id(named)));
    }

    private static boolean has(Resource patient, String type, Predicate<Resource> record) {
        return visible(type).anyMatch(each -> owner(each).equals(patient.getIdPart()) && record.test(each));
    }

    private static boolean finished(Encounter encounter) {
        return encounter.getStatus() == EncounterStatus.FINISHED;
    }

    private static boolean finds(Resource visit, Predicate<Resource> condition) {
        return visible("Condition")
                .anyMatch(each -> condition.test(each)
                        && id(((Condition) each).getEncounter()).equals(visit.getIdPart()));
    }

    private static Map<String, Predicate<Resource>> searches() {
        String code = "code=" + Codes.ICD_10_GM + "|";
        String ofCode = "code=" + Codes.ICD_10_GM + "|";
        Map<String, Predicate<Resource>> searches = new LinkedHashMap<>();
        searches.put(
                "Condition?patient.birthdate=ge1951-01-01&_sort=recorded-date",
                record -> isOf(record, patient -> bornFrom(patient, "1951-01-01")));
        searches.put(
                "Condition?subject:Patient.family=Weit&" + code + "I48.0&_sort=-recorded-date",
                record -> isCondition(record, "I48.0") && !owner(record).equals(WORLD.id("mia")));
        searches.put(
                "Condition?encounter.status=finished&_sort=recorded-date",
                record -> isIn(record, WideChainIT::finished));
        searches.put(
                "Condition?encounter.patient.family=Weit&patient.birthdate=ge1952-01-01",
                record -> isOf(record, patient -> bornFrom(patient, "1952-01-01")));
        searches.put(
                "Patient?_has:Condition:patient:" + ofCode + EXCEPTED + "&_sort=birthdate",
                record -> has(record, "Condition", each -> isCondition(each, EXCEPTED)));
        searches.put(
                "Patient?_has:Condition:patient:" + ofCode + "I48.0&family=Weit",
                record -> !record.getIdPart().equals(WORLD.id("mia"))
                        && has(record, "Condition", each -> isCondition(each, "I48.0")));
        searches.put(
                "Encounter?_has:Condition:encounter:" + ofCode + EXCEPTED,
                record -> finds(record, each -> isCondition(each, EXCEPTED)));
        searches.put(
                "Observation?encounter._has:Condition:encounter:" + ofCode + EXCEPTED + "&_sort=date",
                record -> isIn(record, visit -> finds(visit, each -> isCondition(each, EXCEPTED))));
        searches.put(
                "Patient?_has:Observation:patient:encounter.status=in-progress&_sort=-birthdate",
                record -> has(record, "Observation", each -> isIn(each, visit -> !finished(visit))));
        return searches;
    }

    @Test
    @Covers({"search.html#chaining", "search.html#has"})
    void theyFindWhatAPlainEvaluationFinds() {
        for (String token : List.of(WORLD.clinician(), TOKENS.clinicSystem(WORLD.clinicId()))) {
            searches().forEach((search, matches) -> {
                String type = search.substring(0, search.indexOf('?'));
                List<String> expected = visible(type)
                        .filter(matches)
                        .map(record -> WORLD.names(
                                        new Bundle().addEntry(new Bundle.BundleEntryComponent().setResource(record)))
                                .get(0))
                        .toList();
                assertThat(expected).as(search).isNotEmpty();
                for (int size : List.of(1, 2, 50)) {
                    List<String> found = paged(search, token, size);
                    assertThat(found).as(search).containsExactlyInAnyOrderElementsOf(expected);
                }
            });
        }
    }

    @Test
    void theOrderIsThatOfTheSearch() {
        assertThat(paged("Condition?patient.birthdate=ge1951-01-01&_sort=-recorded-date", WORLD.clinician(), 2))
                .isSortedAccordingTo(Comparator.comparing(WideChainIT::recorded).reversed());
    }

    private static String recorded(String name) {
        return LOADED.stream()
                .filter(record -> record.getIdPart().equals(WORLD.id(name)))
                .map(record -> ((Condition) record).getRecordedDateElement().getValueAsString())
                .findFirst()
                .orElseThrow();
    }

    /** An insurer finds its member by the number, and nobody else's. */
    @Test
    void anInsurerFindsItsMembers() {
        assertThat(paged(
                        "Observation?patient.identifier=" + Codes.KVNR + "|X110411675&date=lt2026-06-02&_sort=date",
                        insurer(),
                        2))
                .containsExactly("mia-hr", "noah-hr", "pia-hr", "quentin-hr");
        assertThat(paged("Patient?_has:Observation:patient:status=final", insurer(), 2))
                .containsExactlyInAnyOrder("mia", "noah", "pia", "quentin");
    }

    /** Answers are the same with the hidden record and without it. */
    @Test
    void whatIsHiddenMeetsNoCondition() {
        List<String> asked = List.of(
                "Patient?_has:Condition:patient:code=" + Codes.ICD_10_GM + "|I99",
                "Encounter?_has:Condition:encounter:code=" + Codes.ICD_10_GM + "|I99",
                "Condition?patient.family=Verborgen",
                "Observation?patient.family=Verborgen",
                "Condition?encounter.status=planned",
                "Observation?encounter._has:Condition:encounter:code=" + Codes.ICD_10_GM + "|I99",
                "Patient?_has:Observation:patient:encounter.status=planned");
        List<String> before = asked.stream().map(WideChainIT::body).toList();
        Patient olaf = Records.patient(WORLD.id("olaf"));
        olaf.getNameFirstRep().setFamily("Verborgen");
        Encounter planned = encounter("quentin", "visit-planned", "planned");
        Condition ofPia = condition("pia", "pia-secret", EXCEPTED, "2026-05-01");
        ofPia.getCode().addCoding(new Coding(Codes.ICD_10_GM, "I99", null));
        Condition ofOlaf = condition("olaf", "olaf-secret", "I99", "2026-05-01");
        Observation there = WORLD.heartRate("quentin", "quentin-there", 70, "2026-06-02T08:00:00+02:00");
        there.setEncounter(new Reference("Encounter/" + WORLD.id("visit-planned")));
        load(Records.transaction(olaf, planned, ofPia, ofOlaf, there));
        assertThat(asked.stream().map(WideChainIT::body).toList()).isEqualTo(before);
        // What the caller may have is found in the same way.
        Condition ofNoah = condition("noah", "noah-open", "I99", "2026-05-01");
        load(Records.transaction(ofNoah));
        assertThat(paged(asked.get(0), WORLD.clinician(), 2)).containsExactly("noah");
        load(Records.transaction(condition("noah", "noah-open", "I48.0", "2026-05-01")));
        LOADED.add(condition("noah", "noah-open", "I48.0", "2026-05-01"));
    }

    /** Without the instants and ids that differ between any two answers. */
    private static String body(String search) {
        Answer answer = ask(search, WORLD.clinician());
        assertThat(answer.status()).as(search + " " + answer.body()).isEqualTo(200);
        Bundle bundle = answer.bundle();
        bundle.setId((String) null);
        bundle.setMeta(null);
        return answer.status() + json(bundle);
    }

    @Test
    void aWithdrawalHoldsForTheNextPage() {
        String search = "Condition?encounter.status=in-progress,finished&_sort=recorded-date&_count=2";
        Answer first = ask(search, WORLD.clinician());
        assertThat(WORLD.names(first.bundle())).containsExactly("mia-I48.0", "mia-I10.00");
        String next = first.bundle().getLink("next").getUrl();
        load(Records.transaction(consent("noah").setStatus(ConsentState.INACTIVE)));
        assertThat(WORLD.names(get(next, WORLD.clinician()).bundle())).containsExactly("mia-I50.13", "pia-I48.0");
        permit("noah");
        assertThat(WORLD.names(get(next, WORLD.clinician()).bundle())).containsExactly("mia-I50.13", "noah-I48.0");
    }

    /** Some kinds of answers need the patients' names in the statement, which they then have. */
    @Test
    void totalsAreToldOfConditionsThatFewMeet() {
        Bundle counted = ask("Condition?patient.family=Breit&_total=accurate", WORLD.clinician())
                .bundle();
        assertThat(counted.getTotal()).isEqualTo(3);
        assertThat(ask("Condition?encounter.status=finished&_summary=count", WORLD.clinician())
                        .codes())
                .containsExactly("SN-SEARCH-002");
    }
}
