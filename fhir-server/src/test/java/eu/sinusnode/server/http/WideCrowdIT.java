package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Codes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Conditions through references that more patients meet than can be named: of 1,300 patients of a clinic every eighth permits
 * nothing.
 */
class WideCrowdIT extends RunningServer {

    private static final int PEOPLE = 1_300;
    private static final int AT_ONCE = 260;
    private static final SearchWorld WORLD = new SearchWorld("widecrowd");
    private static boolean loaded;

    @BeforeEach
    void patients() {
        if (!loaded) {
            loaded = true;
            WORLD.clinic();
            for (int from = 0; from < PEOPLE; from += AT_ONCE) {
                List<Resource> records = new ArrayList<>();
                IntStream.range(from, from + AT_ONCE).forEach(i -> {
                    records.add(person(i));
                    records.add(condition(i));
                });
                load(Records.transaction(records.toArray(Resource[]::new)));
            }
        }
        IntStream.range(0, PEOPLE).forEach(i -> link(i, i % 8 != 0));
    }

    @AfterEach
    void leave() {
        new Crowd(database, WORLD.clinicId()).leave();
    }

    private static Patient person(int number) {
        Patient patient = Records.patient(WORLD.id("p" + number));
        patient.getIdentifier().clear();
        patient.getNameFirstRep().setFamily("Viel");
        patient.getBirthDateElement()
                .setValueAsString(LocalDate.of(1940, 1, 1).plusDays(number).toString());
        return patient;
    }

    /** Every hundredth patient has another diagnosis. */
    private static Condition condition(int number) {
        Condition condition = new Condition();
        condition.setId(WORLD.id("c" + number));
        condition.setSubject(new Reference("Patient/" + WORLD.id("p" + number)));
        condition.setCode(
                new CodeableConcept(new Coding(Codes.ICD_10_GM, number % 100 == 1 ? "I48.0" : "I10.00", null)));
        condition
                .getClinicalStatus()
                .addCoding(new Coding("http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null));
        condition.setRecordedDateElement(
                new DateTimeType(LocalDate.of(2020, 1, 1).plusDays(number).toString()));
        return condition;
    }

    private void link(int number, boolean permits) {
        String patient = WORLD.id("p" + number);
        database.update(
                "INSERT INTO sinusnode.membership (patient, party, relationship, source_type, source, valid_from)"
                        + " VALUES (?::uuid, ?::uuid, 'CARE_TEAM', 'population', gen_random_uuid(), '2020-01-01Z')",
                patient,
                WORLD.clinicId());
        if (permits) {
            database.update(
                    "INSERT INTO sinusnode.directive (patient, consent, consent_version, provision, effect, organization,"
                            + " purpose, valid_from, labels) VALUES (?::uuid, gen_random_uuid(), 1, 'population', 'p',"
                            + " ?::uuid, 'TREAT', '2020-01-01Z', '{}')",
                    patient,
                    WORLD.clinicId());
        }
    }

    private static List<String> names(String prefix, int from, int step) {
        return IntStream.iterate(from, i -> i < PEOPLE, i -> i + step)
                .filter(i -> i % 8 != 0)
                .mapToObj(i -> prefix + i)
                .toList();
    }

    private static Answer ask(String search) {
        return get("/" + SearchWorld.encoded(search), WORLD.clinician());
    }

    /** What all pages hold, each of them full, but for the last one. */
    private static List<String> paged(String search, int size) {
        List<String> found = new ArrayList<>();
        Answer answer = ask(search + "&_count=" + size);
        while (true) {
            assertThat(answer.status()).as(search + " " + answer.body()).isEqualTo(200);
            Bundle page = answer.bundle();
            assertThat(page.hasTotal()).isFalse();
            found.addAll(WORLD.names(page));
            BundleLinkComponent next = page.getLink("next");
            if (next == null) {
                return found;
            }
            assertThat(page.getEntry()).as(search).hasSize(size);
            answer = get(next.getUrl(), WORLD.clinician());
        }
    }

    @Test
    void aChainThatManyMeetFindsAll() {
        String search = "Condition?patient.family=Viel&_sort=recorded-date";
        Set<String> first = new LinkedHashSet<>(names("c", 0, 1).subList(0, 40));
        assertThat(WORLD.names(ask(search + "&_count=40").bundle())).containsExactlyElementsOf(first);
        assertThat(paged(search, 500)).containsExactlyElementsOf(names("c", 0, 1));
    }

    @Test
    void whatFewRecordsMeetIsFoundAmongAllWhoMeetTheOther() {
        assertThat(paged("Condition?patient.family=Viel&code=" + Codes.ICD_10_GM + "|I48.0&_sort=-recorded-date", 5))
                .containsExactlyInAnyOrderElementsOf(names("c", 1, 100));
        assertThat(paged(
                        "Patient?_has:Condition:patient:clinical-status=active&_has:Condition:patient:code="
                                + Codes.ICD_10_GM + "|I48.0&_sort=birthdate",
                        4))
                .containsExactlyElementsOf(names("p", 1, 100));
    }

    @Test
    void ofWhatManyReferToAllAreFound() {
        assertThat(paged("Patient?_has:Condition:patient:clinical-status=active&_sort=birthdate", 400))
                .containsExactlyElementsOf(names("p", 0, 1));
    }

    /** A condition that nobody meets is held against everybody. */
    @Test
    void conditionsThatNoRecordMeetsTogetherFindNothing() {
        assertThat(paged("Patient?_has:Condition:patient:clinical-status=active&birthdate=lt1900", 10))
                .isEmpty();
    }

    @Test
    void whatCannotBeHeldAgainstSoManyIsRefused() {
        for (String search : List.of(
                "Condition?patient.family=Viel&_total=accurate",
                "Condition?patient.family=Viel&_summary=count",
                "Condition?patient.family=Viel&patient=" + WORLD.id("p1"),
                "Patient?_has:Condition:patient:clinical-status=active&_id=" + WORLD.id("p1"))) {
            Answer refused = ask(search);
            assertThat(refused.status()).as(search + " " + refused.body()).isEqualTo(403);
            assertThat(refused.codes()).as(search).containsExactly("SN-SEARCH-002");
        }
    }
}
