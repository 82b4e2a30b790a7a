package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

/**
 * A clinic whom more patients permit everything than a search can name. Most of them have no records: that they permit it is enough to
 * make the searches others, and without them the same searches are answered by the storage.
 */
class PopulationSearchIT extends RunningServer {

    private static final String HEART_RATE = "code=http://loinc.org|8867-4";
    private static final String PRESSURE = "code=http://loinc.org|85354-9";
    private static final String NEWEST = "Observation?" + HEART_RATE + "&_sort=-date";
    private static final SearchWorld WORLD = new SearchWorld("population");
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

    private static void loadPatients() {
        WORLD.clinic();
        WORLD.person("mia", "Menge", "1950-01-01", false);
        WORLD.person("noah", "Menge", "1960-01-01", false);
        // Permits nothing.
        WORLD.person("olaf", "Menge", "1970-01-01", false);
        // Permits everything but heart rates.
        WORLD.person("pia", "Menge", "1980-01-01", false);
        // The care team has ended.
        WORLD.person("quentin", "Menge", "1990-01-01", false);
        permit("mia");
        permit("noah");
        permit("quentin");
        CareTeam ended = Records.careTeam(WORLD.id("team-quentin"), WORLD.id("quentin"), WORLD.clinicId());
        ended.getPeriod().setEndElement(new DateTimeType("2026-02-01"));
        load(Records.transaction(ended));
        exceptHeartRates();
        List<Observation> vitals = new ArrayList<>();
        int minute = 10;
        for (String patient : List.of("mia", "noah", "olaf", "pia", "quentin")) {
            for (int i = 1; i <= 4; i++) {
                vitals.add(
                        WORLD.heartRate(patient, patient + i, 60 + i, "2026-06-0" + i + "T08:" + minute + ":00+02:00"));
            }
            Observation pressure = WORLD.pressure(patient, patient + "-p", 131, 84);
            pressure.setEffective(new DateTimeType("2026-06-03T09:" + minute++ + ":00Z"));
            vitals.add(pressure);
        }
        vitals.add(WORLD.heartRate("mia", "mia-error", 300, "2026-06-01T23:30:00-02:00")
                .setStatus(ObservationStatus.ENTEREDINERROR));
        vitals.add(WORLD.heartRate("noah", "noah-early", 66, "2026-06-02T00:30:00+02:00")
                .setStatus(ObservationStatus.PRELIMINARY));
        // Nothing was measured, so it has no reading.
        Observation absent = WORLD.heartRate("noah", "noah-absent", 0, "2026-06-02T11:00:00Z");
        absent.setValue(null)
                .setDataAbsentReason(new CodeableConcept(
                        new Coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "error", null)));
        vitals.add(absent);
        Observation both = WORLD.heartRate("noah", "noah-both", 55, "2026-06-02T12:00:00Z");
        both.getCode().addCoding(new Coding(Codes.LOINC, Codes.RESTING_HEART_RATE, null));
        vitals.add(both);
        load(Records.transaction(vitals.toArray(Observation[]::new)));
    }

    private static Consent consent(String patient) {
        Consent consent = WalkWorld.consent(WORLD.id("consent-" + patient), WORLD.id(patient));
        consent.getProvision().getProvision().clear();
        return consent;
    }

    /** Everything, to the clinic as a clinic and as an insurer. */
    private static void permit(String patient) {
        Consent consent = consent(patient);
        Consents.permit(consent, WORLD.clinicId(), Purpose.HPAYMT);
        Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT);
        load(Records.transaction(consent));
    }

    private static void withdraw(String patient) {
        load(Records.transaction(consent(patient).setStatus(ConsentState.INACTIVE)));
    }

    private static void exceptHeartRates() {
        Consent consent = consent("pia");
        for (Purpose purpose : List.of(Purpose.TREAT, Purpose.HPAYMT)) {
            ProvisionComponent deny = Consents.permit(consent, WORLD.clinicId(), purpose)
                    .addProvision()
                    .setType(ConsentProvisionType.DENY);
            deny.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
            deny.addCode(new CodeableConcept(new Coding(Codes.LOINC, Codes.HEART_RATE, null)));
        }
        load(Records.transaction(consent));
    }

    private void crowd(boolean there) {
        Crowd crowd = new Crowd(database, WORLD.clinicId());
        if (there) {
            crowd.gather();
        } else {
            crowd.leave();
        }
        crowd.insure(List.of("mia", "noah", "olaf", "pia", "quentin").stream()
                .map(WORLD::id)
                .toList());
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

    /** The same records in the same order as without the crowd, when the storage answers. */
    @Test
    @Covers({"search.html#sort", "search.html#count", "search.html#date"})
    void itFindsWhatTheStorageFinds() {
        List<String> searches = searches();
        for (String token : List.of(WORLD.clinician(), TOKENS.clinicSystem(WORLD.clinicId()), insurer())) {
            List<List<String>> among = searches.stream()
                    .map(search -> paged(search, token, 1 + search.length() % 5))
                    .toList();
            crowd(false);
            for (int i = 0; i < searches.size(); i++) {
                Answer stored = ask(searches.get(i) + "&_count=100", token);
                assertThat(stored.status()).as(stored.body()).isEqualTo(200);
                // For several codes the storage leaves out who excepts one of them.
                assertThat(withoutPia(among.get(i)))
                        .as(searches.get(i))
                        .isEqualTo(withoutPia(WORLD.names(stored.bundle())));
            }
            crowd(true);
        }
        assertThat(paged(NEWEST, WORLD.clinician(), 3))
                .containsExactly(
                        "noah4",
                        "mia4",
                        "noah3",
                        "mia3",
                        "noah-both",
                        "noah-absent",
                        "noah2",
                        "mia2",
                        "mia-error",
                        "noah-early",
                        "noah1",
                        "mia1");
    }

    private static List<String> withoutPia(List<String> names) {
        return names.stream().filter(name -> !name.startsWith("pia")).toList();
    }

    private static List<String> searches() {
        Random random = new Random(11);
        List<String> codes = List.of(
                HEART_RATE,
                PRESSURE,
                HEART_RATE + ",http://loinc.org|85354-9",
                HEART_RATE + ",http://loinc.org|40443-4",
                "code=http://loinc.org|40443-4");
        List<String> dates = List.of(
                "",
                "",
                "&date=2026-06-02",
                "&date=le2026-06-01",
                "&date=ge2026-06-02&date=le2026-06-03",
                "&date=gt2026-06-02",
                "&date=lt2026-06-02",
                "&date=ge2026-06-02T10:12:00Z",
                "&date=le2026-06-02T08:10:00+02:00",
                "&date=gt2026-06-02T08:10:00+02:00&date=lt2026-06-03T09:11:00Z",
                "&date=2026-06-03T09:10:00Z");
        List<String> statuses =
                List.of("", "", "&status=final", "&status=entered-in-error,preliminary", "&status=unknown");
        List<String> searches = new ArrayList<>();
        for (String date : dates) {
            for (int i = 0; i < 3; i++) {
                searches.add("Observation?" + codes.get(random.nextInt(codes.size())) + date
                        + statuses.get(random.nextInt(statuses.size()))
                        + (random.nextBoolean() ? "&_sort=-date" : "&_sort=date"));
            }
        }
        return searches;
    }

    @Test
    void aWithdrawalHoldsForTheNextPageAndExpiryForEach() {
        Answer first = ask(NEWEST + "&_count=3", WORLD.clinician());
        assertThat(WORLD.names(first.bundle())).containsExactly("noah4", "mia4", "noah3");
        String next = first.bundle().getLink("next").getUrl();
        withdraw("noah");
        assertThat(WORLD.names(get(next, WORLD.clinician()).bundle())).containsExactly("mia3", "mia2", "mia-error");
        permit("noah");
        String expiry = "UPDATE sinusnode.directive SET valid_to = ?::timestamptz WHERE patient = ?::uuid";
        database.update(expiry, "2026-01-01Z", WORLD.id("mia"));
        assertThat(WORLD.names(get(next, WORLD.clinician()).bundle()))
                .containsExactly("noah-both", "noah-absent", "noah2");
        database.update(expiry, "infinity", WORLD.id("mia"));
    }

    @Test
    void aPageIsItsCallersAlone() {
        String next = ask(NEWEST + "&_count=3", WORLD.clinician())
                .bundle()
                .getLink("next")
                .getUrl();
        assertThat(next).contains("_page=").doesNotContain("_getpages");
        assertThat(get(next, WORLD.clinician()).status()).isEqualTo(200);
        assertThat(get(next, insurer()).status()).isEqualTo(410);
        assertThat(get(next, TOKENS.clinician(Records.CLINIC)).status()).isEqualTo(410);
        assertThat(ask(NEWEST + "&_page=MjAyNg.1", WORLD.clinician()).status()).isEqualTo(410);
        assertThat(get(next + "&patient=" + WORLD.id("mia") + "&category=vital-signs", WORLD.clinician())
                        .status())
                .isEqualTo(410);
        // The patients who remain are few enough to be named by now; the page goes on all the same.
        crowd(false);
        assertThat(WORLD.names(get(next, WORLD.clinician()).bundle()))
                .containsExactly("mia3", "noah-both", "noah-absent");
    }

    @Test
    void whatIsHiddenLeavesNoTrace() {
        String search = NEWEST + "&_count=3";
        Bundle before = ask(search, WORLD.clinician()).bundle();
        Observation hidden = WORLD.heartRate("olaf", "olaf-new", 99, "2026-06-30T08:00:00Z");
        Observation denied = WORLD.heartRate("pia", "pia-new", 99, "2026-06-30T09:00:00Z");
        Observation between = WORLD.heartRate("pia", "pia-between", 99, "2026-06-03T08:10:30+02:00");
        load(Records.transaction(hidden, denied, between));
        Bundle after = ask(search, WORLD.clinician()).bundle();
        assertThat(WORLD.names(after)).isEqualTo(WORLD.names(before));
        assertThat(after.getLink().stream().map(BundleLinkComponent::getUrl).toList())
                .isEqualTo(before.getLink().stream()
                        .map(BundleLinkComponent::getUrl)
                        .toList());
        assertThat(paged("Observation?" + PRESSURE + "&_sort=date", WORLD.clinician(), 2))
                .containsExactly("mia-p", "noah-p", "pia-p");
    }

    @Test
    void whatWasChangedOrDeletedIsFoundAsItIs() {
        Observation changed = WORLD.heartRate("mia", "mia-changed", 70, "2026-07-01T08:00:00Z");
        Observation deleted = WORLD.heartRate("mia", "mia-deleted", 71, "2026-07-02T08:00:00Z");
        load(Records.transaction(changed, deleted));
        String july = "Observation?" + HEART_RATE + "&date=ge2026-07-01&_sort=date";
        assertThat(paged(july, WORLD.clinician(), 5)).containsExactly("mia-changed", "mia-deleted");
        changed.setEffective(new DateTimeType("2026-07-03T08:00:00Z"));
        load(Records.transaction(changed));
        assertThat(paged(july, WORLD.clinician(), 5)).containsExactly("mia-deleted", "mia-changed");
        changed.getCode().getCodingFirstRep().setCode(Codes.RESTING_HEART_RATE);
        changed.getCode().addCoding(new Coding(Codes.LOINC, Codes.HEART_RATE, null));
        load(Records.transaction(changed.setStatus(ObservationStatus.ENTEREDINERROR)));
        assertThat(paged(july + "&status=entered-in-error", WORLD.clinician(), 5))
                .containsExactly("mia-changed");
        for (String name : List.of("mia-changed", "mia-deleted")) {
            assertThat(Ward.delete("/Observation/" + WORLD.id(name), TOKENS.loader())
                            .status())
                    .isEqualTo(204);
        }
        assertThat(paged(july, WORLD.clinician(), 5)).isEmpty();
    }

    /** The migration looks through what was stored before it, and comes to what is written along since. */
    @Test
    void whatWasStoredBeforeIsFoundToo() throws IOException {
        String rows = "SELECT t::text FROM sinusnode.vital_without_reading t ORDER BY 1";
        List<String> written = database.queryForList(rows, String.class);
        String migration = new ClassPathResource("db/migration/V15__searches_among_many_patients.sql")
                .getContentAsString(StandardCharsets.UTF_8);
        database.update("DELETE FROM sinusnode.vital_without_reading");
        database.execute(migration.substring(migration.indexOf("DO $$")));
        assertThat(database.queryForList(rows, String.class)).isNotEmpty().isEqualTo(written);
    }

    @Test
    void partsIncludesAndUnknownParametersAreAsInAnySearch() {
        Bundle along = ask(NEWEST + "&_count=2&_include=Observation:patient", WORLD.clinician())
                .bundle();
        assertThat(WORLD.names(along))
                .startsWith("noah4", "mia4")
                .containsExactlyInAnyOrder("noah4", "mia4", "noah", "mia");
        assertThat(along.getLink("next").getUrl()).contains("_include");
        Observation part = (Observation) ask(NEWEST + "&_count=1&_elements=code", WORLD.clinician())
                .bundle()
                .getEntryFirstRep()
                .getResource();
        assertThat(part.hasValue()).isFalse();
        String unknown = "/" + SearchWorld.encoded(NEWEST + "&_count=2&colour=red");
        assertThat(Ward.get(unknown, WORLD.clinician(), "Prefer", "handling=strict")
                        .codes())
                .containsExactly("SN-SEARCH-001");
        Answer lenient = Ward.get(unknown, WORLD.clinician(), "Prefer", "handling=lenient");
        assertThat(lenient.body()).contains("SN-REQUEST-014", WORLD.id("noah4"), WORLD.id("mia4"));
    }
}
