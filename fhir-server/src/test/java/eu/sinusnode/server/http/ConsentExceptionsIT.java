package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
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
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Mia permits her clinic everything except blood pressures and Devices; Noah permits it everything. What is denied is nowhere, and counts nowhere.
 */
class ConsentExceptionsIT extends RunningServer {

    private static final String PULSE = "364075005";
    private static final SearchWorld WORLD = new SearchWorld("exceptions");
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
        WORLD.person("mia", "Ausnahme", "1950-01-01", false);
        WORLD.person("noah", "Ausnahme", "1960-01-01", true);
        List<Observation> vitals = new ArrayList<>(List.of(
                WORLD.heartRate("mia", "m1", 61, "2026-05-01T08:00:00Z"),
                WORLD.heartRate("mia", "m2", 62, "2026-06-02T08:00:00Z"),
                WORLD.heartRate("mia", "m3", 63, "2026-07-03T08:00:00Z"),
                WORLD.pressure("mia", "p1", 141, 91),
                WORLD.pressure("mia", "p2", 142, 92),
                WORLD.heartRate("noah", "n1", 71, "2026-06-04T08:00:00Z"),
                WORLD.pressure("noah", "q1", 151, 95)));
        // A heart rate by one of its codes, denied by the other.
        Observation both = WORLD.heartRate("mia", "b1", 64, "2026-06-05T08:00:00Z");
        both.getCode().addCoding(new Coding(Codes.SNOMED, PULSE, null));
        vitals.add(both);
        load(Records.transaction(vitals.toArray(Observation[]::new)));
        load(Records.transaction(consent()));
    }

    /** What reaches the gate in a search was not narrowed away. */
    @AfterEach
    void gateHadNothingToWithholdFromSearches() {
        assertThat(meters.find("sinusnode.gate.withheld.from.search").counters())
                .isNotEmpty()
                .allMatch(counter -> counter.count() == 0);
    }

    @Test
    void searchesFindWhatIsLeftWithFullPagesAndRightTotals() {
        WORLD.assertFound("Observation?patient=MIA", "m1 m2 m3");
        WORLD.assertFound("Observation?patient=MIA&code=http://loinc.org|85354-9", null);
        WORLD.assertFound("Observation?patient=MIA&code=http://loinc.org|8867-4", "m1 m2 m3");
        WORLD.assertFound("Observation?patient=NOAH&date=le2026-06-04", "n1 q1");
        WORLD.assertFound("Device?patient=MIA", null);
        assertThat(total("Observation?patient=MIA&_summary=count")).isEqualTo(3);
        assertThat(total("Observation?patient=MIA&_total=accurate&_count=1")).isEqualTo(3);
        assertThat(total("Observation?patient=MIA&code=85354-9&_summary=count")).isZero();
        assertThat(total("Observation?patient=MIA&combo-code-value-quantity=http://loinc.org|8480-6$gt140||mm[Hg]"
                        + "&_summary=count"))
                .isZero();
        List<String> paged = new ArrayList<>();
        Bundle page =
                WORLD.search("Observation?patient=MIA&_sort=-date&_count=2").bundle();
        assertThat(page.getEntry()).hasSize(2);
        while (true) {
            paged.addAll(WORLD.names(page));
            BundleLinkComponent next = page.getLink("next");
            if (next == null) {
                break;
            }
            page = get(next.getUrl().substring(BASE.length()), WORLD.clinician())
                    .bundle();
        }
        assertThat(paged).containsExactly("m3", "m2", "m1");
    }

    @Test
    void conditionsIncludesHistoriesAndReadsHoldToIt() {
        WORLD.assertFound("Patient?family=Ausnahme&_has:Observation:patient:code=http://loinc.org|85354-9", "noah");
        WORLD.assertFound("Patient?_id=MIA&_revinclude=Observation:patient", "mia m1 m2 m3");
        for (String hidden : List.of(
                "Observation/" + WORLD.id("p1"), "Observation/" + WORLD.id("b1"), "Device/" + WORLD.id("cuff-mia"))) {
            assertThat(get("/" + hidden, WORLD.clinician()).status()).as(hidden).isEqualTo(404);
            assertThat(get("/" + hidden + "/_history", WORLD.clinician()).status())
                    .as(hidden)
                    .isEqualTo(404);
        }
        String everything = get("/Patient/" + WORLD.id("mia") + "/$everything?_count=100", WORLD.clinician())
                .body();
        assertThat(everything).contains(WORLD.id("m1")).doesNotContain(WORLD.id("p1"), WORLD.id("b1"), "\"Device\"");
        assertThat(get("/Observation/_history?_count=100", WORLD.clinician()).body())
                .contains(WORLD.id("m1"))
                .doesNotContain(WORLD.id("p1"), WORLD.id("b1"));
    }

    @Test
    void aPopulationSearchLeavesOutWhoExceptsCodesUnlessItStaysWithin() {
        assertThat(WORLD.names(WORLD.search("Observation?date=ge2026-05-01&date=lt2026-08-01")
                        .bundle()))
                .contains("n1")
                .doesNotContain("p1", "b1");
        WORLD.assertFound("Patient?family=Ausnahme", "mia noah");
    }

    @Test
    void onePersonCanBeShutOut() {
        String doctor = TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", WORLD.clinicId())
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER));
        Consent shut = consent();
        shut.setId("Consent/" + WORLD.id("consent-mia-2"));
        shut.getProvision().getProvision().clear();
        ProvisionComponent deny = shut.getProvision().addProvision().setType(ConsentProvisionType.DENY);
        deny.addActor()
                .setRole(new CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", null)))
                .setReference(new Reference("Practitioner/" + Records.PRACTITIONER));
        String read = "/Observation/" + WORLD.id("m1");
        assertThat(get(read, doctor).status()).isEqualTo(200);
        load(Records.transaction(shut));
        assertThat(get(read, doctor).status()).isEqualTo(404);
        assertThat(get("/Observation?patient=" + WORLD.id("mia"), doctor)
                        .bundle()
                        .getEntry())
                .isEmpty();
        load(Records.transaction(shut.setStatus(ConsentState.INACTIVE)));
        assertThat(get(read, doctor).status()).isEqualTo(200);
    }

    /** Noah denies one heart rate and one blood pressure, by their ids. */
    @Test
    void singleRecordsCanBeDeniedAndCountNowhere() {
        Consent shut = WalkWorld.consent(WORLD.id("consent-noah-2"), WORLD.id("noah"));
        shut.getProvision().getProvision().clear();
        ProvisionComponent deny = shut.getProvision().addProvision().setType(ConsentProvisionType.DENY);
        deny.addActor()
                .setRole(new CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", null)))
                .setReference(new Reference("Organization/" + WORLD.clinicId()));
        deny.addPurpose(new Coding(Codes.ACT_REASON, "TREAT", null));
        for (String name : List.of("n1", "n2")) {
            deny.addData()
                    .setMeaning(ConsentDataMeaning.INSTANCE)
                    .setReference(new Reference("Observation/" + WORLD.id(name)));
        }
        load(Records.transaction(
                WORLD.heartRate("noah", "n2", 72, "2026-06-05T08:00:00Z"),
                WORLD.heartRate("noah", "n3", 73, "2026-06-06T08:00:00Z")));
        WORLD.assertFound("Observation?patient=NOAH", "n1 n2 n3 q1");
        load(Records.transaction(shut));
        String ids = String.join(",", WORLD.id("n1"), WORLD.id("n2"), WORLD.id("n3"));
        WORLD.assertFound("Observation?patient=NOAH", "n3 q1");
        WORLD.assertFound("Observation?patient=NOAH&_id=" + ids, "n3");
        WORLD.assertFound("Observation?patient=NOAH&_id=" + WORLD.id("n1"), null);
        WORLD.assertFound("Observation?_id=" + ids, "n3");
        WORLD.assertFound("Observation?patient=NOAH&code=http://loinc.org|8867-4&_sort=date", "n3");
        WORLD.assertFound("Patient?_id=NOAH&_revinclude=Observation:patient", "noah n3 q1");
        WORLD.assertFound("Patient?family=Ausnahme&_has:Observation:patient:date=2026-06-05", null);
        assertThat(total("Observation?patient=NOAH&_summary=count")).isEqualTo(2);
        assertThat(total("Observation?patient=NOAH&_total=accurate&_count=1")).isEqualTo(2);
        assertThat(total("Observation?patient=NOAH&_id=" + ids + "&_summary=count"))
                .isEqualTo(1);
        for (String hidden : List.of("n1", "n2")) {
            assertThat(get("/Observation/" + WORLD.id(hidden), WORLD.clinician())
                            .status())
                    .isEqualTo(404);
        }
        assertThat(createUnlessOne("2026-06-06T08:00:00Z")).isEqualTo(200);
        assertThat(createUnlessOne("2026-06-05T08:00:00Z"))
                .isEqualTo(403)
                .isEqualTo(createUnlessOne("2026-06-07T08:00:00Z"));
        load(Records.transaction(shut.setStatus(ConsentState.INACTIVE)));
        WORLD.assertFound("Observation?patient=NOAH", "n1 n2 n3 q1");
    }

    /** What a create is answered that is to be none if there is a heart rate of that moment. */
    private static int createUnlessOne(String moment) {
        Observation another = WORLD.heartRate("noah", "another", 74, moment);
        another.setId((String) null);
        Bundle bundle = Records.transaction(another);
        bundle.getEntryFirstRep()
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl("Observation")
                .setIfNoneExist("code=http://loinc.org|8867-4&date=" + moment);
        return post("", TOKENS.clinicSystem(WORLD.clinicId()), bundle).status();
    }

    @Test
    void whatCannotBeEnforcedIsRefusedWithItsElementAndTheRemedy() {
        Consent dated = consent();
        dated.setId((String) null);
        dated.getProvision()
                .getProvisionFirstRep()
                .getProvisionFirstRep()
                .addSecurityLabel(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "TBOO", null));
        Answer refused = post("/Consent", TOKENS.patient(WORLD.id("mia")), dated);
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body())
                .contains("SN-CONSENT-002", "Consent.provision.provision[0].provision[0].securityLabel", "name N");
    }

    private static Consent consent() {
        Consent consent = WalkWorld.consent(WORLD.id("consent-mia"), WORLD.id("mia"));
        consent.getProvision().getProvision().clear();
        ProvisionComponent permit = Consents.permit(consent, WORLD.clinicId(), Purpose.TREAT);
        ProvisionComponent codes = permit.addProvision().setType(ConsentProvisionType.DENY);
        codes.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null));
        codes.addCode(new CodeableConcept(new Coding(Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL, null)));
        codes.addCode(new CodeableConcept(new Coding(Codes.SNOMED, PULSE, null)));
        permit.addProvision()
                .setType(ConsentProvisionType.DENY)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "Device", null));
        return consent;
    }

    private static int total(String asked) {
        return WORLD.search(asked).bundle().getTotal();
    }
}
