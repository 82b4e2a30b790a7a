package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.projection.Consents;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleLinkComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Searches for vital codes of one patient, answered from the readings. Asked for a total, the storage answers them. */
class VitalsOfOneSearchIT extends RunningServer {

    private static final String HEART_RATE = "code=http://loinc.org|8867-4";
    private static final String PRESSURE = "code=http://loinc.org|85354-9";
    private static final SearchWorld WORLD = new SearchWorld("of-one");
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
        WORLD.person("mia", "Menge", "1950-01-01", true);
        WORLD.person("noah", "Menge", "1960-01-01", true);
        // Permits nothing.
        WORLD.person("olaf", "Menge", "1970-01-01", false);
        List<Observation> vitals = new ArrayList<>();
        for (String patient : List.of("mia", "noah", "olaf")) {
            for (int i = 1; i <= 7; i++) {
                vitals.add(WORLD.heartRate(patient, patient + i, 60 + i, "2026-06-0" + i + "T08:00:00+02:00"));
            }
            vitals.add(WORLD.pressure(patient, patient + "-p", 131, 84));
            vitals.add(WORLD.heartRate(patient, patient + "-error", 300, "2026-06-01T23:30:00-02:00")
                    .setStatus(ObservationStatus.ENTEREDINERROR));
            Observation absent = WORLD.heartRate(patient, patient + "-absent", 0, "2026-06-02T11:00:00Z");
            absent.setValue(null)
                    .setDataAbsentReason(new CodeableConcept(
                            new Coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "error", null)));
            vitals.add(absent);
        }
        load(Records.transaction(vitals.toArray(Observation[]::new)));
    }

    /** What reaches the gate in a search was not narrowed away. */
    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    private static String ofPatient(String patient, String conditions) {
        return "Observation?patient=" + WORLD.id(patient) + "&" + conditions;
    }

    private static Bundle found(String search, String token) {
        Answer answer = get("/" + SearchWorld.encoded(search), token);
        assertThat(answer.status()).as(search + " " + answer.body()).isEqualTo(200);
        return answer.bundle();
    }

    private static List<String> paged(String search, String token, int size) {
        List<String> names = new ArrayList<>();
        Bundle page = found(search + "&_count=" + size, token);
        while (true) {
            names.addAll(WORLD.names(page));
            BundleLinkComponent next = page.getLink("next");
            if (next == null) {
                return names;
            }
            assertThat(next.getUrl()).as("answered from the readings").contains("_page=");
            assertThat(page.getEntry()).as(search).hasSize(size);
            page = get(next.getUrl(), token).bundle();
        }
    }

    @Test
    @Covers({"search.html#sort", "search.html#count", "search.html#date"})
    void itFindsWhatTheStorageFinds() {
        List<String> asked = List.of(
                HEART_RATE,
                PRESSURE,
                HEART_RATE + ",http://loinc.org|85354-9",
                HEART_RATE + "&date=ge2026-06-02&date=lt2026-06-05",
                HEART_RATE + "&date=le2026-06-02T08:00:00+02:00",
                HEART_RATE + "&status=entered-in-error",
                "code=http://loinc.org|40443-4");
        for (String token :
                List.of(WORLD.clinician(), TOKENS.clinicSystem(WORLD.clinicId()), TOKENS.patient(WORLD.id("mia")))) {
            for (String conditions : asked) {
                for (String order : List.of("&_sort=date", "&_sort=-date")) {
                    String search = ofPatient("mia", conditions + order);
                    assertThat(paged(search, token, 2))
                            .as(search)
                            .isEqualTo(WORLD.names(found(search + "&_total=accurate&_count=100", token)));
                }
            }
        }
        assertThat(paged(ofPatient("mia", HEART_RATE + "&_sort=-date"), WORLD.clinician(), 4))
                .containsExactly("mia7", "mia6", "mia5", "mia4", "mia3", "mia-absent", "mia2", "mia-error", "mia1");
    }

    @Test
    void thePatientsAppNeedNotNameThePatient() {
        String token = TOKENS.patient(WORLD.id("noah"));
        String own = "Observation?" + HEART_RATE + "&_sort=-date";
        assertThat(paged(own, token, 3)).hasSize(9).allMatch(name -> name.startsWith("noah"));
        assertThat(found(ofPatient("mia", HEART_RATE), token).getEntry()).isEmpty();
    }

    @Test
    void askedForATotalTheStorageTellsIt() {
        Bundle first = found(ofPatient("mia", HEART_RATE + "&_count=2&_total=accurate"), WORLD.clinician());
        assertThat(first.getTotal()).isEqualTo(9);
        assertThat(first.getLink("next").getUrl()).doesNotContain("_page=");
    }

    @Test
    void hiddenAndUnknownPatientsAreAnsweredAlike() {
        for (String patient : List.of("olaf", "nobody")) {
            Bundle none = found(ofPatient(patient, HEART_RATE + "&_sort=-date"), WORLD.clinician());
            assertThat(none.getEntry()).as(patient).isEmpty();
        }
    }

    @Test
    void whatIsDeniedLeavesNoGapAndAWithdrawalHoldsForTheNextPage() {
        WORLD.person("pia", "Menge", "1980-01-01", false);
        consent(true, ConsentState.ACTIVE);
        List<Observation> vitals = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            vitals.add(WORLD.heartRate("pia", "pia" + i, 60 + i, "2026-06-0" + i + "T08:00:00+02:00"));
            Observation pressure = WORLD.pressure("pia", "pia-p" + i, 130 + i, 84);
            pressure.setEffective(vitals.get(0).getEffectiveDateTimeType());
            vitals.add(pressure);
        }
        load(Records.transaction(vitals.toArray(Observation[]::new)));
        String both = ofPatient("pia", HEART_RATE + ",http://loinc.org|85354-9&_sort=-date");
        assertThat(paged(both, WORLD.clinician(), 2)).hasSize(5).allMatch(name -> name.startsWith("pia-p"));
        assertThat(paged(both, TOKENS.patient(WORLD.id("pia")), 3)).hasSize(10);
        String next =
                found(both + "&_count=2", WORLD.clinician()).getLink("next").getUrl();
        for (String other : List.of(TOKENS.clinician(Records.CLINIC), TOKENS.patient(WORLD.id("pia")))) {
            assertThat(get(next, other).status())
                    .as("a page of another's search")
                    .isEqualTo(410);
        }
        consent(true, ConsentState.INACTIVE);
        assertThat(get(next, WORLD.clinician()).status()).isEqualTo(410);
        consent(false, ConsentState.ACTIVE);
        assertThat(get(next, WORLD.clinician()).bundle().getEntry()).hasSize(2);
    }

    /** Everything, or everything but heart rates. */
    private static void consent(boolean butHeartRates, ConsentState state) {
        Consent consent = WalkWorld.consent(WORLD.id("consent-pia"), WORLD.id("pia"));
        consent.getProvision().getProvision().clear();
        Consent.ProvisionComponent permit = Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT);
        if (butHeartRates) {
            Consent.ProvisionComponent deny = permit.addProvision().setType(ConsentProvisionType.DENY);
            deny.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
            deny.addCode(new CodeableConcept(new Coding(Codes.LOINC, Codes.HEART_RATE, null)));
        }
        load(Records.transaction(consent.setStatus(state)));
    }
}
