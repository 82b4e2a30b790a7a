package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Searches of any type by a clinic and an insurer whom more patients permit everything than a search can name. Without the
 * {@link Crowd} the same searches are answered by the storage, narrowed to those who are left.
 */
class WideSearchIT extends RunningServer {

    private static final List<String> PEOPLE = List.of("mia", "noah", "olaf", "pia", "quentin");
    private static final SearchWorld WORLD = new SearchWorld("wide");
    private static boolean loaded;

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void patients() {
        if (!loaded) {
            loaded = true;
            loadPatients();
        }
        crowd(true);
    }

    /** What reaches the gate in a search was not narrowed away. */
    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        crowd(false);
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    private void crowd(boolean there) {
        Crowd crowd = new Crowd(database, WORLD.clinicId());
        if (there) {
            crowd.gather();
        } else {
            crowd.leave();
        }
        crowd.insure(PEOPLE.stream().map(WORLD::id).toList());
    }

    private static void loadPatients() {
        WORLD.clinic();
        int born = 1950;
        for (String person : PEOPLE) {
            WORLD.person(person, person.equals("mia") ? "Breit" : "Weit", born++ + "-05-01", false);
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
                    .addCode(new CodeableConcept(new Coding(Codes.ICD_10_GM, "I10.00", null)));
        }
        load(Records.transaction(pia));
        List<Condition> conditions = new ArrayList<>();
        int day = 1;
        for (String code : List.of("I48.0", "I10.00", "I50.13", "I25.11")) {
            for (String person : PEOPLE) {
                conditions.add(condition(person, person + "-" + code, code, "2026-03-" + (day++ + 9)));
            }
        }
        load(Records.transaction(conditions.toArray(Condition[]::new)));
        List<Observation> vitals = new ArrayList<>();
        int minute = 10;
        for (int i = 1; i <= 4; i++) {
            for (String person : PEOPLE) {
                vitals.add(
                        WORLD.heartRate(person, person + i, 60 + i, "2026-06-0" + i + "T08:" + minute++ + ":00+02:00"));
            }
        }
        load(Records.transaction(vitals.toArray(Observation[]::new)));
    }

    private static Condition condition(String person, String name, String code, String recorded) {
        Condition condition = new Condition();
        condition.setId(WORLD.id(name));
        condition.setSubject(new Reference("Patient/" + WORLD.id(person)));
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

    private static void withdraw(String patient) {
        load(Records.transaction(consent(patient).setStatus(ConsentState.INACTIVE)));
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
            assertThat(page.hasTotal()).isFalse();
            assertThat(page.getEntry()).allMatch(entry -> entry.getSearch().getMode() == SearchEntryMode.MATCH);
            BundleLinkComponent next = page.getLink("next");
            if (next == null) {
                return found;
            }
            assertThat(page.getEntry()).as(search).hasSize(size);
            answer = get(next.getUrl(), token);
        }
    }

    /** The same records as without the crowd, when the storage answers; in the same order, where one is asked for. */
    @Test
    @Covers({"search.html#sort", "search.html#count"})
    void itFindsWhatTheStorageFinds() {
        List<String> all = List.of(
                "Patient?_sort=birthdate",
                "Patient?family=Weit&_sort=-birthdate",
                "Patient?family:contains=eit&birthdate=ge1951-01-01&_sort=family,birthdate",
                "Condition?code=" + Codes.ICD_10_GM + "|I48.0&_sort=recorded-date",
                "Condition?clinical-status=active&_sort=-recorded-date",
                "Condition?code:not=" + Codes.ICD_10_GM + "|I50.13&_sort=recorded-date",
                "Condition?recorded-date=ge2026-03-15&_sort=code,-recorded-date",
                "Condition?_lastUpdated=gt2020-01-01&_sort=_lastUpdated,recorded-date",
                "CareTeam?status=active&_sort=_id",
                "Condition?category:missing=true",
                "Observation?category=vital-signs&_sort=-date",
                "Observation?value-quantity=gt62&_sort=date");
        List<String> ofInsurer = List.of(
                "Patient?_total=none",
                "Observation?category=vital-signs&_sort=-date",
                "Observation?status=final&date=ge2026-06-02&_sort=date");
        String insurer = insurer();
        for (String token : List.of(WORLD.clinician(), TOKENS.clinicSystem(WORLD.clinicId()), insurer)) {
            List<String> searches = token.equals(insurer) ? ofInsurer : all;
            List<List<String>> among = searches.stream()
                    .map(search -> paged(search, token, 1 + search.length() % 4))
                    .toList();
            crowd(false);
            for (int i = 0; i < searches.size(); i++) {
                Answer stored = ask(searches.get(i) + "&_count=100", token);
                assertThat(stored.status()).as(searches.get(i) + stored.body()).isEqualTo(200);
                List<String> names = WORLD.names(stored.bundle());
                assertThat(names).as(searches.get(i)).isNotEmpty();
                // The storage leaves out who excepts one of the codes that are asked for.
                if (searches.get(i).contains("_sort")) {
                    assertThat(withoutPia(among.get(i))).as(searches.get(i)).isEqualTo(withoutPia(names));
                } else {
                    assertThat(withoutPia(among.get(i)))
                            .as(searches.get(i))
                            .containsExactlyInAnyOrderElementsOf(withoutPia(names));
                }
            }
            crowd(true);
        }
    }

    private static List<String> withoutPia(List<String> names) {
        return names.stream().filter(name -> !name.contains("pia")).toList();
    }

    /** Each record is decided by itself, so that an exception takes nothing else with it. */
    @Test
    void anExceptionLeavesTheOtherRecords() {
        assertThat(paged("Condition?clinical-status=active&_sort=recorded-date", WORLD.clinician(), 2))
                .containsExactly(
                        "mia-I48.0",
                        "noah-I48.0",
                        "pia-I48.0",
                        "mia-I10.00",
                        "noah-I10.00",
                        "mia-I50.13",
                        "noah-I50.13",
                        "pia-I50.13",
                        "mia-I25.11",
                        "noah-I25.11",
                        "pia-I25.11");
    }

    @Test
    void aWithdrawalHoldsForTheNextPage() {
        Answer first = ask("Condition?clinical-status=active&_sort=recorded-date&_count=2", WORLD.clinician());
        assertThat(WORLD.names(first.bundle())).containsExactly("mia-I48.0", "noah-I48.0");
        String next = first.bundle().getLink("next").getUrl();
        withdraw("noah");
        assertThat(WORLD.names(get(next, WORLD.clinician()).bundle())).containsExactly("pia-I48.0", "mia-I10.00");
        permit("noah");
        assertThat(WORLD.names(get(next, WORLD.clinician()).bundle())).containsExactly("pia-I48.0", "mia-I10.00");
    }

    /** Who works through a list changes what it finds. */
    @Test
    void thePageGoesOnWhenItsLastRecordDoesNotMatchAnyMore() {
        Answer first = ask("Condition?clinical-status=active&_sort=recorded-date&_count=3", WORLD.clinician());
        assertThat(WORLD.names(first.bundle())).containsExactly("mia-I48.0", "noah-I48.0", "pia-I48.0");
        Condition resolved = condition("pia", "pia-I48.0", "I48.0", "2026-03-13");
        resolved.getClinicalStatus().getCodingFirstRep().setCode("resolved");
        load(Records.transaction(resolved));
        String next = first.bundle().getLink("next").getUrl();
        assertThat(WORLD.names(get(next, WORLD.clinician()).bundle()))
                .containsExactly("mia-I10.00", "noah-I10.00", "mia-I50.13");
        resolved.getClinicalStatus().getCodingFirstRep().setCode("active");
        load(Records.transaction(resolved));
    }

    @Test
    void aPageIsItsCallersAlone() {
        String search = "Patient?_total=none&_count=1";
        String next = ask(search, WORLD.clinician()).bundle().getLink("next").getUrl();
        assertThat(next).contains("_page=").doesNotContain("_getpages");
        assertThat(get(next, insurer()).status()).isEqualTo(410);
        assertThat(get(next, TOKENS.clinician(Records.CLINIC)).status()).isEqualTo(410);
        assertThat(ask(search + "&_page=MjAyNg.1", WORLD.clinician()).status()).isEqualTo(410);
        assertThat(get(next + "&_id=" + WORLD.id("mia"), WORLD.clinician()).status())
                .isEqualTo(410);
        assertThat(ask("Organization?_page=MjAyNg.1", WORLD.clinician()).status())
                .isEqualTo(410);
        // Those who remain are few enough to be named by now; the page goes on all the same.
        crowd(false);
        assertThat(WORLD.names(get(next, WORLD.clinician()).bundle())).containsExactly("noah");
    }

    @Test
    void whatIsHiddenLeavesNoTrace() {
        String search = "Condition?clinical-status=active&_sort=-recorded-date&_count=3";
        Bundle before = ask(search, WORLD.clinician()).bundle();
        load(Records.transaction(
                condition("olaf", "olaf-new", "I48.0", "2026-06-01"),
                condition("quentin", "quentin-new", "I48.0", "2026-06-02"),
                condition("pia", "pia-new", "I10.00", "2026-06-03"),
                condition("olaf", "olaf-between", "I48.0", "2026-03-27")));
        Bundle after = ask(search, WORLD.clinician()).bundle();
        assertThat(WORLD.names(after)).isEqualTo(WORLD.names(before));
        assertThat(after.getLink().stream().map(BundleLinkComponent::getUrl).toList())
                .isEqualTo(before.getLink().stream()
                        .map(BundleLinkComponent::getUrl)
                        .toList());
    }

    @Test
    void whatTakesALookAtAllIsRefused() {
        for (String search : List.of(
                "Condition?clinical-status=active&_total=accurate",
                "Condition?clinical-status=active&_count=0",
                "Condition?clinical-status=active&_summary=count",
                "Condition?_content=herz")) {
            Answer refused = ask(search, WORLD.clinician());
            assertThat(refused.status()).as(search + " " + refused.body()).isEqualTo(403);
            assertThat(refused.codes()).as(search).containsExactly("SN-SEARCH-002");
        }
    }

    @Test
    void aScopesFilterHolds() {
        String filtered = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", WORLD.clinicId())
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/Condition.rs?code=" + Codes.ICD_10_GM + "|I48.0"));
        assertThat(paged("Condition?clinical-status=active&_sort=recorded-date", filtered, 2))
                .containsExactly("mia-I48.0", "noah-I48.0", "pia-I48.0");
    }

    @Test
    void partsAndIncludesAreAsInAnySearch() {
        Bundle along = ask(
                        "Condition?clinical-status=active&_sort=recorded-date&_count=2&_include=Condition:patient",
                        WORLD.clinician())
                .bundle();
        assertThat(WORLD.names(along))
                .startsWith("mia-I48.0", "noah-I48.0")
                .containsExactlyInAnyOrder("mia-I48.0", "noah-I48.0", "mia", "noah");
        Patient part = (Patient) ask("Patient?family=Breit&_elements=birthDate", WORLD.clinician())
                .bundle()
                .getEntryFirstRep()
                .getResource();
        assertThat(part.hasName()).isFalse();
        assertThat(part.hasBirthDate()).isTrue();
    }

    @Test
    void itIsPostedAsAnySearch() {
        String form = SearchWorld.encoded("?code=" + Codes.ICD_10_GM + "|I48.0&_sort=recorded-date")
                .substring(1);
        Answer answer = send(request("/Condition/_search", WORLD.clinician())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        assertThat(WORLD.names(answer.bundle())).containsExactly("mia-I48.0", "noah-I48.0", "pia-I48.0");
    }
}
