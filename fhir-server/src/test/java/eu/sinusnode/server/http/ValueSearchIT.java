package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.features.Covers;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Searches by the values of Observations on the real storage, for a clinician of one clinic. */
class ValueSearchIT extends RunningServer {

    private static final SearchWorld WORLD = new SearchWorld("values");
    private static boolean loaded;

    @Autowired
    MeterRegistry meters;

    /** Mia has three heart rates, Noah one and two blood pressures; Olaf permits nobody. */
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
                WORLD.heartRate("olaf", "olaf-hr", 120, "2026-03-01T08:00:00Z"),
                WORLD.pressure("noah", "noah-bp-1", 150, 80),
                WORLD.pressure("noah", "noah-bp-2", 110, 95),
                WORLD.pressure("olaf", "olaf-bp", 190, 110)));
    }

    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    /** Olaf's values are the highest of all. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Observation?value-quantity=gt60; mia-hr-1 mia-hr-2 mia-hr-3 noah-hr",
                "Observation?value-quantity=62; mia-hr-2",
                "Observation?value-quantity=62.0; mia-hr-2",
                "Observation?value-quantity=eq62,ge90; mia-hr-2 noah-hr",
                "Observation?value-quantity=ne62&patient=MIA; mia-hr-1 mia-hr-3",
                "Observation?value-quantity=gt61&value-quantity=lt63; mia-hr-2",
                "Observation?value-quantity=le61; mia-hr-1",
                "Observation?value-quantity=sa62&value-quantity=eb90; mia-hr-3",
                "Observation?value-quantity=ap95; noah-hr",
                "Observation?value-quantity=gt62|http://unitsofmeasure.org|/min; mia-hr-3 noah-hr",
                "Observation?value-quantity=gt62||/min; mia-hr-3 noah-hr",
                "Observation?value-quantity=gt1|http://unitsofmeasure.org|mm[Hg];",
                "Observation?value-quantity=gt1|http://units.example|/min;",
                "Observation?value-quantity=gt1&patient=OLAF;",
                "Observation?component-value-quantity=gt1; noah-bp-1 noah-bp-2",
                "Observation?component-value-quantity=95||mm[Hg]; noah-bp-2",
                "Observation?component-value-quantity=gt1||/min;",
                "Observation?combo-value-quantity=ne90&patient=NOAH&combo-code=8867-4;",
                "Observation?component-value-quantity=lt90||mm[Hg]; noah-bp-1",
                "Observation?combo-value-quantity=ge90; noah-hr noah-bp-1 noah-bp-2",
                "Observation?combo-value-quantity=ge90||mm[Hg]; noah-bp-1 noah-bp-2",
                "Observation?code-value-quantity=http://loinc.org|8867-4$gt62; mia-hr-3 noah-hr",
                "Observation?code-value-quantity=http://loinc.org|8867-4$gt62||/min; mia-hr-3 noah-hr",
                "Observation?code-value-quantity=http://loinc.org|29463-7$gt1;",
                "Observation?code-value-quantity=|8867-4$gt1;",
                "Observation?code-value-quantity=http://loinc.org|8480-6$gt1;",
                "Observation?component-code-value-quantity=http://loinc.org|8480-6$gt140; noah-bp-1",
                "Observation?component-code-value-quantity=http://loinc.org|8462-4$gt90||mm[Hg]; noah-bp-2",
                "Observation?component-code-value-quantity=http://loinc.org|8462-4$gt100;",
                "Observation?component-code-value-quantity=http://loinc.org|8462-4$gt90,http://loinc.org|8480-6$gt140;"
                        + " noah-bp-1 noah-bp-2",
                "Observation?combo-code-value-quantity=http://loinc.org|8867-4$ge90; noah-hr",
                "Observation?combo-code-value-quantity=http://loinc.org|8462-4$ge90|http://unitsofmeasure.org|mm[Hg];"
                        + " noah-bp-2",
                "Observation?combo-code-value-quantity=http://loinc.org|8480-6$ge100"
                        + "&combo-code-value-quantity=http://loinc.org|8462-4$lt90; noah-bp-1",
                "Observation?combo-code=http://loinc.org|8480-6,http://loinc.org|8867-4&patient=NOAH;"
                        + " noah-hr noah-bp-1 noah-bp-2",
                "Observation?component-code=8462-4; noah-bp-1 noah-bp-2",
                "Observation?component-code=8867-4;",
                "Observation?component-code:missing=false; noah-bp-1 noah-bp-2",
                "Observation?combo-code=8462-4; noah-bp-1 noah-bp-2",
                "Observation?combo-code=http://loinc.org|&patient=NOAH; noah-hr noah-bp-1 noah-bp-2",
                "Observation?combo-code=8867-4&component-code=8480-6;",
                "Observation?combo-code=85354-9&combo-code=8480-6; noah-bp-1 noah-bp-2",
                "Observation?combo-code:not=8480-6&patient=NOAH; noah-hr",
                "Observation?combo-code:not=8480-6,8867-4&patient=NOAH;",
                "Observation?combo-code:missing=false&patient=NOAH; noah-hr noah-bp-1 noah-bp-2",
                "Observation?combo-code:missing=true&patient=NOAH;",
                "Observation?patient=NOAH&_sort=combo-code; noah-hr noah-bp-1 noah-bp-2",
                "Patient?_has:Observation:patient:combo-code=8480-6; noah",
                "Patient?_has:Observation:patient:combo-code-value-quantity=http://loinc.org|8480-6$gt140; noah",
                "Patient?_has:Observation:patient:value-quantity=gt100;",
            })
    @Covers({"search.html#quantity", "search.html#composite", "search.html#prefix"})
    void values(String asked, String found) {
        WORLD.assertFound(asked, found);
    }

    @Test
    void aMalformedValueIsAnsweredAlikeForAnyPatient() {
        List<String> answers = new ArrayList<>();
        for (String patient : List.of("mia", "olaf", "nobody")) {
            Answer answer = get(
                    "/"
                            + SearchWorld.encoded(
                                    "Observation?patient=" + WORLD.id(patient) + "&code-value-quantity=8867-4$gt1"),
                    WORLD.clinician());
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.codes()).containsExactly("SN-SEARCH-004");
            answers.add(answer.body());
        }
        assertThat(answers).allMatch(answers.get(0)::equals);
    }

    @Test
    void valuesArePagedAndCounted() {
        List<String> seen = new ArrayList<>();
        Answer page = WORLD.search(
                "Observation?combo-value-quantity=gt1&combo-code=8867-4,8462-4&_sort=date&_count=4&_total=accurate");
        assertThat(page.bundle().getTotal()).isEqualTo(6);
        seen.addAll(WORLD.names(page.bundle()));
        page = get(page.bundle().getLink("next").getUrl(), WORLD.clinician());
        seen.addAll(WORLD.names(page.bundle()));
        assertThat(page.bundle().getLink("next")).isNull();
        assertThat(seen)
                .containsExactlyInAnyOrder("mia-hr-1", "mia-hr-2", "mia-hr-3", "noah-hr", "noah-bp-1", "noah-bp-2");
        assertThat(WORLD.search("Observation?combo-value-quantity=gt185&_summary=count")
                        .bundle()
                        .getTotal())
                .isZero();
    }

    /** What may be used of one code is not found by the value of another. */
    @Test
    void aLimitToCodesHoldsBesideValues() {
        String weights = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", WORLD.clinicId())
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/Patient.rs user/Observation.rs?code=http://loinc.org|29463-7"));
        for (String search : List.of(
                "Observation?value-quantity=gt1",
                "Observation?combo-code=8867-4",
                "Observation?component-value-quantity=gt1",
                "Observation?combo-code-value-quantity=http://loinc.org|8867-4$gt1",
                "Patient?_has:Observation:patient:combo-value-quantity=gt1")) {
            Answer answer = get("/" + SearchWorld.encoded(search), weights);
            assertThat(answer.status()).as(search + answer.body()).isEqualTo(200);
            assertThat(answer.bundle().getEntry()).as(search).isEmpty();
        }
    }
}
