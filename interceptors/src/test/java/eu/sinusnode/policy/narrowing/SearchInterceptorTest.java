package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches over HTTP: what they find, what the handler was asked, and what cannot be asked. */
class SearchInterceptorTest {

    private static final String HEART_RATE = Codes.LOINC + "%7C" + Codes.HEART_RATE;

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final Map<String, Object> clinician = Callers.clinician(World.CLINIC);

    @BeforeEach
    void records() {
        for (String patient : new String[] {World.ANNA, World.BERND, World.CLARA, World.DORA}) {
            server.given(Records.withId(Records.heartRate(patient), "hr-" + patient));
            server.given(Records.withId(Records.bodyWeight(patient), "kg-" + patient));
        }
        server.given(Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag-anna"));
        server.given(Records.withId(Records.cuff(World.ANNA), "cuff-anna"));
        server.given(Records.withId(Records.cuff(World.DORA), "cuff-dora"));
        server.given(Records.withId(Records.algorithm(), "algorithm"));
        server.given(Records.withId(Records.provenance("Observation/flag-anna/_history/1"), "why-anna"));
    }

    @Test
    void patientFindsTheOwnRecord() {
        Answer all = server.get(Callers.patient(World.ANNA), "Observation");
        assertThat(all.foundIds()).containsExactly("hr-anna", "kg-anna");
        assertThat(server.get(Callers.patient(World.CLARA), "Observation?patient=" + World.CLARA)
                        .foundIds())
                .containsExactly("hr-clara", "kg-clara");
        assertThat(server.withheldFromSearch).isEmpty();
    }

    @Test
    void populationSearchCoversThosePermittedAndNobodyElse() {
        Answer answer = server.get(clinician, "Observation?code=" + HEART_RATE);
        assertThat(answer.foundIds()).containsExactly("hr-anna", "hr-bernd");
        assertThat(server.provider("Observation").lastSearch.get("patient"))
                .containsExactly("Patient/anna,Patient/bernd");
        assertThat(server.withheldFromSearch)
                .as("narrowing left nothing to the gate")
                .isEmpty();
    }

    @Test
    void populationSearchLeavesOutWhoPermitsOtherCodesOnly() {
        assertThat(server.get(clinician, "Observation").foundIds()).containsExactly("flag-anna", "hr-anna", "kg-anna");
        assertThat(server.audited).singleElement().satisfies(event -> assertThat(event.getOutcomeDesc())
                .startsWith("SN-CONSENT-001"));
    }

    @Test
    void singlePatientWithCodeLimitedConsentIsNarrowedToTheCode() {
        Answer answer = server.get(clinician, "Observation?patient=Patient/bernd");
        assertThat(answer.foundIds()).containsExactly("hr-bernd");
        assertThat(server.withheldFromSearch).isEmpty();
    }

    @Test
    void deniedPatientAnswersAsAnUnknownOne() {
        for (String hidden : new String[] {World.CLARA, World.DORA}) {
            server.audited.clear();
            Answer denied = server.get(clinician, "Observation?patient=" + hidden);
            assertThat(server.audited).singleElement().satisfies(event -> assertThat(event.getEntity()
                            .get(event.getEntity().size() - 1)
                            .getWhat()
                            .getReference())
                    .isEqualTo("Patient/" + hidden));
            Answer unknown = server.get(clinician, "Observation?patient=unknown-id");
            assertThat(denied.status()).isEqualTo(200);
            assertThat(denied.foundIds()).isEmpty();
            assertThat(withoutFleeting(denied))
                    .isEqualTo(withoutFleeting(unknown).replace("unknown-id", hidden));
        }
    }

    @Test
    void deniedPatientAmongOthersIsLeftOut() {
        Answer answer = server.get(clinician, "Observation?patient=anna,bernd,clara,dora&code=" + HEART_RATE);
        assertThat(answer.foundIds()).containsExactly("hr-anna", "hr-bernd");
        assertThat(server.audited).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "http://loinc.org|29463-7, true",
        "29463-7, true",
        "|29463-7, true",
        "http://snomed.info/sct|8867-4, true",
        "'29463-7,85354-9', true",
        "http://loinc.org|8867-4, false",
        "8867-4, false",
        "http://loinc.org|, false",
        "'29463-7,8867-4', false"
    })
    void askingForCodesThatThePatientDoesNotPermitIsAnEmptyAnswerAndAnAuditedRefusal(String code, boolean refused) {
        Answer answer = server.get(
                clinician, "Observation?patient=bernd&code=" + URLEncoder.encode(code, StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(200);
        if (refused) {
            assertThat(answer.bundle().getEntry()).isEmpty();
            assertThat(server.audited).singleElement().satisfies(event -> {
                assertThat(event.getOutcomeDesc()).startsWith("SN-CONSENT-001");
                assertThat(event.getEntity())
                        .extracting(entity -> entity.getWhat().getReference())
                        .contains("Patient/bernd");
            });
            assertThat(server.disclosed).isEmpty();
        } else {
            assertThat(server.audited).isEmpty();
            assertThat(server.disclosed).hasSize(1);
        }
    }

    /** With a total it is the storage that is asked; without one the readings answer. */
    @Test
    void patientAndSubjectTogetherMeanBoth() {
        assertThat(server.get(
                                clinician,
                                "Observation?patient=anna,bernd&subject=Patient/bernd&_total=accurate&code="
                                        + HEART_RATE)
                        .foundIds())
                .containsExactly("hr-bernd");
        assertThat(server.get(clinician, "Observation?patient=anna&subject=Patient/bernd")
                        .foundIds())
                .isEmpty();
    }

    @Test
    void patientCannotNameAnother() {
        Answer answer = server.get(Callers.patient(World.BERND), "Observation?patient=anna");
        assertThat(answer.foundIds()).isEmpty();
        assertThat(server.get(Callers.patient(World.BERND), "Patient?_id=anna").foundIds())
                .isEmpty();
        assertThat(server.get(Callers.patient(World.BERND), "Observation?_id=hr-anna")
                        .foundIds())
                .isEmpty();
    }

    @Test
    void insurerAndPatientDoNotFindUnsignedFlags() {
        assertThat(server.get(Callers.insurer(), "Observation?patient=anna").foundIds())
                .containsExactly("hr-anna", "kg-anna");
        assertThat(server.get(Callers.patient(World.ANNA), "Observation?status=preliminary")
                        .foundIds())
                .isEmpty();
        assertThat(server.get(clinician, "Observation?patient=anna&status=preliminary")
                        .foundIds())
                .containsExactly("flag-anna");
        assertThat(server.withheldFromSearch).isEmpty();
    }

    @Test
    void selfLinkNamesNobodyElse() {
        Answer answer = server.get(clinician, "Observation?code=" + HEART_RATE);
        assertThat(answer.bundle().getLink("self").getUrl()).doesNotContain("patient", "anna", "bernd");
        assertThat(answer.bundle().hasTotal()).isFalse();
    }

    @Test
    void recordsAreFoundByIdOnlyIfTheyMayBeHad() {
        assertThat(server.get(clinician, "Observation?_id=hr-anna,hr-clara,hr-dora,kg-bernd,unknown")
                        .foundIds())
                .containsExactly("hr-anna");
        assertThat(server.audited).hasSize(3);
        assertThat(server.get(clinician, "Observation?_id=hr-dora").foundIds()).isEmpty();
    }

    @Test
    void provenanceIsFoundByItsTarget() {
        assertThat(server.get(clinician, "Provenance?target=Observation/flag-anna")
                        .foundIds())
                .containsExactly("why-anna");
        assertThat(server.get(Callers.patient(World.BERND), "Provenance?target=Observation/flag-anna")
                        .foundIds())
                .isEmpty();
        assertThat(server.get(clinician, "Provenance").code()).isEqualTo("SN-SEARCH-002");
    }

    @Test
    void devicesOfPatientsNeedThePatientAndAlgorithmsDoNot() {
        assertThat(server.get(clinician, "Device?patient=anna").foundIds()).containsExactly("cuff-anna");
        assertThat(server.get(clinician, "Device?patient=dora").foundIds()).isEmpty();
        assertThat(server.get(clinician, "Device").foundIds()).containsExactly("algorithm");
        assertThat(server.get(clinician, "Device?_id=cuff-dora,algorithm").foundIds())
                .containsExactly("algorithm");
    }

    @Test
    void jobFindsItsFlagsOfPatientsWhoPermitSomeCodesOnly() {
        server.given(Records.withId(Records.flag(World.BERND, ObservationStatus.PRELIMINARY), "flag-bernd"));
        server.permits.permit(World.BERND, World.CENTRE, Purpose.CAREMGT, "Observation", Codes.LOINC, Codes.HEART_RATE);
        assertThat(server.get(Callers.job(), "Observation?patient=bernd").foundIds())
                .containsExactly("flag-bernd", "hr-bernd");
        assertThat(server.get(Callers.job(), "Observation/flag-bernd").status()).isEqualTo(200);
        assertThat(server.withheldFromSearch).isEmpty();
    }

    @Test
    void searchThatNamesNobodyIsBounded() {
        for (int i = 0; i < 4; i++) {
            server.permits
                    .member("more-" + i, World.CLINIC, Relationship.CARE_TEAM)
                    .permit("more-" + i, World.CLINIC, Purpose.TREAT);
        }
        Answer answer = server.get(clinician, "Observation?status=final&_total=accurate");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("SN-SEARCH-002");
        // Nothing here decides record by record, and the storage is asked for nothing.
        for (String search :
                List.of("Observation?code=" + HEART_RATE, "Observation?status=final", "Patient?_sort=_id")) {
            assertThat(server.get(clinician, search).foundIds()).isEmpty();
        }
        assertThat(server.withheldFromSearch).isEmpty();
        assertThat(server.get(clinician, "Observation?patient=anna").status()).isEqualTo(200);
    }

    @Test
    void postedSearchIsNarrowedToo() {
        assertThat(server.form(clinician, "Observation/_search", "patient=Patient%2Fdora")
                        .foundIds())
                .isEmpty();
        assertThat(server.form(clinician, "Observation/_search?patient=anna&_total=accurate", "code=" + HEART_RATE)
                        .foundIds())
                .containsExactly("hr-anna");
        assertThat(server.form(clinician, "Observation/_search", "_filter=x").code())
                .isEqualTo("SN-SEARCH-001");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation?patient=anna&_summary=some",
                "Observation?patient=anna&_total=some",
                "Observation?patient=anna&_elements=value.unit",
                "Observation?subject.telecom=x",
                "Observation?subject:Device.identifier=x",
                "Observation?patient.patient.identifier=x",
                "Observation?patient._sort=name",
                "Observation?patient._count=1",
                "Observation?patient:missing=true",
                "Observation?subject:not=Patient/anna",
                "Observation?patient:identifier=x",
                "Observation?patient:Device=x",
                "Observation?code:text=x",
                "Observation?code:in=x",
                "Observation?code:below=x",
                "Observation?_id:not=x",
                "Observation?_lastUpdated:missing=true",
                "Observation?date:exact=2026",
                "Observation?date=ap2026-01-01",
                "Observation?date=2026-01-01,ap2026-01-02",
                "Observation?_has:Provenance:entity:_id=why-anna",
                "Observation?_has:Observation:patient:code=x",
                "Observation?_has:Provenance:target=why-anna",
                "Observation?_has=x",
                "Observation?patient..identifier=x",
                "Observation?patient.=x",
                "Observation?patient.identifier:exact=x",
                "Observation?patient.identifier:below=x",
                "Patient?_has:Observation:patient:_has:Provenance:target:_has:AuditEvent:entity:date=x",
                "Patient?_has:AuditEvent:patient:date=ge2026",
                "Patient?_has:Group:member:_id=clinic-1",
                "Observation?_filter=status%20eq%20final",
                "Observation?_text:contains=x",
                "Observation?_content:exact=x",
                "Patient?_text=x",
                "Patient?_content=x",
                "Observation?_list=x",
                "Observation?_security:missing=true",
                "Observation?_sort=_security",
                "Observation?value-quantity:missing=true",
                "Observation?code-value-quantity:not=http%3A%2F%2Floinc.org%7C8867-4%24gt90",
                "Observation?value-string=x",
                "Observation?patient=anna&_sort=value-quantity",
                "Patient?_has:Observation:patient:value-string=x",
                "Observation?patient=anna&_sort=subject.name",
                "Observation?patient=anna&_sort=patient",
                "Observation?patient=anna&_sort=-date,Patient:birthdate",
                "Observation?patient=anna&_contained=true",
                "Observation?patient=anna&_offset=10",
                "Patient?general-practitioner=x",
            })
    void parametersThatAreNotOpenAreRefused(String search) {
        Answer answer = server.get(clinician, search);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("SN-SEARCH-001");
        assertThat(server.audited).hasSize(1);
    }

    /** A search by values is narrowed like any other, so it finds what could be read anyway; insurers choose nobody by it. */
    @Test
    void valuesAreSearchedAmongWhatTheCallerMayFind() {
        for (String condition : new String[] {
            "value-quantity=gt1",
            "component-value-quantity=gt1%7C%7Cmm[Hg]",
            "combo-value-quantity=gt1",
            "code-value-quantity=" + HEART_RATE + "%24gt1",
            "component-code-value-quantity=" + HEART_RATE + "%24gt1",
            "combo-code-value-quantity=" + HEART_RATE + "%24gt1",
            "combo-code=" + HEART_RATE,
            "component-code=" + HEART_RATE
        }) {
            String search = "Observation?code=" + HEART_RATE + "&" + condition;
            assertThat(server.get(clinician, search).foundIds()).as(search).containsExactly("hr-anna", "hr-bernd");
            assertThat(server.get(clinician, search + "&patient=dora").foundIds())
                    .as(search)
                    .isEmpty();
            assertThat(server.get(Callers.patient(World.ANNA), search).foundIds())
                    .as(search)
                    .containsExactly("hr-anna");
            assertThat(server.get(Callers.insurer(), search).code()).as(search).isEqualTo("SN-SEARCH-001");
            assertThat(server.get(Callers.job(), search).code()).as(search).isEqualTo("SN-SEARCH-001");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Observation?patient=anna&value-quantity=high",
                "Observation?patient=dora&value-quantity=high",
                "Observation?patient=nobody&value-quantity=high",
                "Observation?code-value-quantity=8867-4%24gt90",
                "Observation?combo-value-quantity=gt90&combo-value-quantity=gt90%7Cbpm",
                "Patient?_has:Observation:patient:value-quantity=high",
                "Provenance?target:Observation.component-value-quantity=high",
            })
    void aValueThatCannotBeReadIsAMistakeWhoeverIsMeant(String search) {
        Answer answer = server.get(clinician, search);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("SN-SEARCH-004");
        assertThat(answer.body()).doesNotContain("dora", "high");
    }

    @Test
    void valuesAreComparedWithAFewTimes() {
        String search = "Observation?patient=anna" + "&value-quantity=gt1".repeat(10);
        assertThat(server.get(clinician, search).status()).isEqualTo(200);
        assertThat(server.get(clinician, search + "&combo-value-quantity=gt1").code())
                .isEqualTo("SN-SEARCH-004");
    }

    @Test
    void openParametersAreOpen() {
        Answer answer = server.get(
                clinician,
                "Observation?patient=anna&code=" + HEART_RATE
                        + "&date=ge2026-01-01&status=final&_sort=-date&_count=10&_total=accurate&_format=json&_pretty=false");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.foundIds()).containsExactly("hr-anna");
    }

    @Test
    void searchesOfOtherFormsAreClosed() {
        assertThat(server.get(clinician, "Patient/anna/Observation").status()).isIn(400, 403, 404);
        assertThat(server.get(clinician, "Patient/anna/$everything").status()).isIn(400, 403, 404);
        assertThat(server.get(Callers.with(clinician, "scope", "user/Patient.rs"), "Observation/hr-anna/$meta")
                        .code())
                .isEqualTo("SN-SCOPE-001");
        assertThat(server.get(clinician, "?_type=Observation").status()).isIn(400, 403);
        assertThat(server.get(clinician, "Observation?_query=x").status()).isEqualTo(400);
        assertThat(server.get(clinician, "AuditEvent").code()).isEqualTo("SN-INTERACTION-001");
        assertThat(server.get(clinician, "Consent?patient=anna").code()).isEqualTo("SN-INTERACTION-001");
    }

    /** Id and time of a searchset differ from answer to answer. */
    private static String withoutFleeting(Answer answer) {
        return PolicyServer.comparable(answer)
                .replaceAll("\"id\": *\"[0-9a-f\\-]{36}\"", "")
                .replaceAll("\"lastUpdated\": *\"[^\"]*\"", "");
    }
}
