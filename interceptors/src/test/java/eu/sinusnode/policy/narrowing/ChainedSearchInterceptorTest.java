package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.util.Map;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions through references see what the same caller's searches would see, and no more. */
class ChainedSearchInterceptorTest {

    private static final String HEART_RATE = Codes.LOINC + "%7C" + Codes.HEART_RATE;
    private static final String NUMBER = "urn:number%7C";

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private final Map<String, Object> clinician = Callers.clinician(World.CLINIC);

    @BeforeEach
    void records() {
        for (String patient : new String[] {World.ANNA, World.BERND, World.CLARA, World.DORA}) {
            Patient record = Records.patient(patient);
            record.addIdentifier().setSystem("urn:number").setValue("of-" + patient);
            server.given(record);
            server.given(Records.withId(Records.heartRate(patient), "hr-" + patient));
            server.given(Records.withId(Records.bodyWeight(patient), "kg-" + patient));
        }
        server.given(Records.withId(Records.flag(World.ANNA, ObservationStatus.PRELIMINARY), "flag-anna"));
        server.given(Records.withId(Records.provenance("Observation/flag-anna/_history/1"), "why-anna"));
    }

    /** Bernd permits heart rates and with that no search for himself; Clara permits nobody; Dora is elsewhere. */
    @ParameterizedTest
    @CsvSource({"anna,true", "bernd,false", "clara,false", "dora,false", "nobody,false"})
    void aChainLeadsToPatientsWhomTheCallerFinds(String patient, boolean found) {
        for (String name : new String[] {"patient.identifier", "subject:Patient.identifier", "subject.identifier"}) {
            Answer answer = server.get(clinician, "Observation?" + name + "=" + NUMBER + "of-" + patient);
            assertThat(answer.status()).isEqualTo(200);
            if (found) {
                assertThat(answer.foundIds()).contains("hr-" + patient, "kg-" + patient);
            } else {
                assertThat(answer.foundIds()).isEmpty();
            }
        }
        assertThat(server.withheldFromSearch).isEmpty();
    }

    @Test
    void aChainFindsNothingMoreThanItsSearchWould() {
        assertThat(server.get(clinician, "Observation?patient=anna&patient.identifier=" + NUMBER + "of-anna")
                        .foundIds())
                .contains("hr-anna");
        assertThat(server.get(clinician, "Observation?patient=bernd&patient.identifier=" + NUMBER + "of-anna")
                        .foundIds())
                .isEmpty();
    }

    /** The same search by itself would answer the same. */
    @Test
    void hasFindsWhoseRecordsTheCallerFinds() {
        assertThat(server.get(clinician, "Patient?_has:Observation:patient:code=" + HEART_RATE)
                        .foundIds())
                .containsExactly("anna");
        assertThat(server.get(Callers.clinician(World.OTHER_CLINIC), "Patient?_has:Observation:subject:_id=hr-dora")
                        .foundIds())
                .containsExactly("dora");
        assertThat(server.get(clinician, "Patient?_has:Observation:subject:_id=hr-dora")
                        .foundIds())
                .isEmpty();
    }

    @Test
    void hasOfARecordThatIsNotSignedYetFindsNothingForThePatient() {
        assertThat(server.get(clinician, "Patient?_has:Observation:patient:_id=flag-anna")
                        .foundIds())
                .containsExactly("anna");
        assertThat(server.get(Callers.patient(World.ANNA), "Patient?_has:Observation:patient:_id=flag-anna")
                        .foundIds())
                .isEmpty();
        assertThat(server.get(clinician, "Observation?_has:Provenance:target:_id=why-anna")
                        .foundIds())
                .containsExactly("flag-anna");
    }

    @Test
    void chainsAndHasNest() {
        assertThat(server.get(
                                clinician,
                                "Provenance?target=Observation/flag-anna&target:Observation.patient.identifier="
                                        + NUMBER + "of-anna")
                        .foundIds())
                .containsExactly("why-anna");
        assertThat(server.get(clinician, "Patient?_has:Observation:patient:_has:Provenance:target:_id=why-anna")
                        .foundIds())
                .containsExactly("anna");
    }

    /** An insurer asks for members by their number; that is all it may ask of a Patient, in a chain too. */
    @Test
    void whatIsClosedInASearchIsClosedInAChain() {
        assertThat(server.get(Callers.insurer(), "Observation?patient.identifier=" + NUMBER + "of-anna")
                        .foundIds())
                .contains("hr-anna");
        assertThat(server.get(Callers.insurer(), "Observation?patient.family=x").code())
                .isEqualTo("SN-SEARCH-001");
        assertThat(server.get(Callers.insurer(), "Patient?_has:Condition:patient:code=x")
                        .code())
                .isEqualTo("SN-INTERACTION-001");
    }

    @Test
    void aChainNeedsTheScopeOfTheTypeItLeadsTo() {
        Map<String, Object> observationsOnly = Callers.with(clinician, "scope", "user/Observation.rs");
        assertThat(server.get(observationsOnly, "Observation?patient=anna").status())
                .isEqualTo(200);
        assertThat(server.get(observationsOnly, "Observation?patient.identifier=" + NUMBER + "of-anna")
                        .code())
                .isEqualTo("SN-SCOPE-001");
        Map<String, Object> patientsOnly = Callers.with(clinician, "scope", "user/Patient.rs");
        assertThat(server.get(patientsOnly, "Patient?_has:Observation:patient:code=" + HEART_RATE)
                        .code())
                .isEqualTo("SN-SCOPE-001");
    }

    @Test
    void aScopesFilterHoldsInsideHas() {
        Map<String, Object> weights = Callers.with(
                clinician,
                "scope",
                "user/Patient.rs user/Observation.rs?code=" + Codes.LOINC + "|" + Codes.BODY_WEIGHT);
        assertThat(server.get(weights, "Patient?_has:Observation:patient:_id=kg-anna")
                        .foundIds())
                .containsExactly("anna");
        assertThat(server.get(weights, "Patient?_has:Observation:patient:_id=hr-anna")
                        .foundIds())
                .isEmpty();
    }

    @Test
    void aConditionTooDeepOrTooWideIsRefused() {
        assertThat(server.get(
                                clinician,
                                "Patient?_has:Observation:patient:patient._has:Observation:patient:patient.identifier=x")
                        .code())
                .isEqualTo("SN-SEARCH-001");
        StringBuilder many = new StringBuilder("Observation?code=x");
        for (int i = 0; i <= SubSearches.MOST_SEARCHES; i++) {
            many.append("&patient.identifier=").append(i);
        }
        Answer refused = server.get(clinician, many.toString());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("SN-SEARCH-002");
    }

    @Test
    void theHandlerIsAskedWithoutChains() {
        server.get(clinician, "Observation?patient.identifier=" + NUMBER + "of-anna");
        assertThat(server.provider("Observation").lastSearch).containsOnlyKeys("patient");
        assertThat(server.searches.asked)
                .extracting(SearchRequest::resourceType)
                .containsExactly("Patient");
        Answer answer = server.get(clinician, "Observation?subject:Patient=anna");
        assertThat(answer.foundIds()).contains("hr-anna");
        assertThat(server.provider("Observation").lastSearch).containsOnlyKeys("patient");
    }

    /** The patient on the way is not shown and no disclosure; the search is told with its value replaced. */
    @Test
    void theAuditTellsWhatWasFoundAndNotTheWayToIt() {
        server.get(
                clinician, "Observation?patient.identifier=" + NUMBER + "of-anna&_total=accurate&code=" + HEART_RATE);
        assertThat(server.disclosed).isNotEmpty();
        assertThat(server.entries)
                .allSatisfy(entry -> assertThat(entry.toString()).doesNotContain("of-anna"));
        assertThat(server.disclosed)
                .flatExtracting(AuditEvent::getEntity)
                .extracting(entity -> String.valueOf(entity.getWhat().getReference()))
                .anyMatch(what -> what.contains("hr-anna"));
    }

    /** That nothing was found of somebody is told, however the person was named. */
    @Test
    void whoIsLookedForThroughAChainIsInTheAudit() {
        for (String search : new String[] {
            "Observation?patient.identifier=" + NUMBER + "of-anna&code=x", "Observation?subject:Patient=anna&code=x"
        }) {
            server.disclosed.clear();
            assertThat(server.get(clinician, search).foundIds()).isEmpty();
            assertThat(server.disclosed)
                    .flatExtracting(AuditEvent::getEntity)
                    .extracting(entity -> String.valueOf(entity.getWhat().getReference()))
                    .as(search)
                    .contains("Patient/anna");
        }
    }

    @Test
    void aTypeThatIsSaidTwiceHasToBeTheSame() {
        assertThat(server.get(clinician, "Observation?subject:Patient=Patient/anna")
                        .foundIds())
                .contains("hr-anna");
        assertThat(server.get(clinician, "Observation?subject:Patient=Device/anna")
                        .foundIds())
                .isEmpty();
    }
}
