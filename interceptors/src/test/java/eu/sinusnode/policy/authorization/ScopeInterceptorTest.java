package eu.sinusnode.policy.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.PolicyServer.Answer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token's scopes leave of what its holder could have. */
class ScopeInterceptorTest {

    private static final String VITALS = "?category=" + Codes.OBSERVATION_CATEGORY + "|" + Codes.VITAL_SIGNS;
    private static final String LABORATORY = "?category=" + Codes.OBSERVATION_CATEGORY + "|laboratory";
    private static final String POTASSIUM = "2823-3";

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    @BeforeEach
    void records() {
        server.given(Records.withId(Records.heartRate(World.ANNA), "hr"));
        server.given(Records.withId(laboratory(World.ANNA), "lab"));
        server.given(Records.withId(Records.heartRate(World.BERND), "hr-bernd"));
        server.given(Records.withId(Records.condition(World.ANNA, "I10.00"), "condition"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patient/Observation.rs",
                "patient/*.rs",
                "patient/*.cruds",
                "patient/Observation.read",
                "patient/*.read",
                "patient/*.*"
            })
    void everyFormOfTheWholeScopeGivesTheWholeType(String scope) {
        Map<String, Object> anna = anna(scope);
        assertThat(server.get(anna, "Observation").foundIds()).containsExactly("hr", "lab");
        assertThat(server.get(anna, "Observation/lab").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient/Observation.s", "patient/Observation.rs" + VITALS, "patient/*.read"})
    void anOperationThatIsLikeASearchNeedsTheScopeOfOne(String scope) {
        assertThat(server.get(anna(scope), "Observation/$lastn?patient=" + World.ANNA + "&category=x")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient/Observation.r", "patient/Condition.rs", "user/Observation.rs"})
    void anOperationThatIsLikeASearchIsClosedWithoutIt(String scope) {
        assertThat(server.get(anna(scope), "Observation/$lastn?patient=" + World.ANNA + "&category=x")
                        .code())
                .isEqualTo("SN-SCOPE-001");
    }

    @Test
    void searchFindsWhatTheFilterNames() {
        assertThat(server.get(anna("patient/Observation.rs" + VITALS), "Observation")
                        .foundIds())
                .containsExactly("hr");
        assertThat(server.get(anna("patient/Observation.rs" + LABORATORY), "Observation")
                        .foundIds())
                .containsExactly("lab");
        assertThat(server.get(anna("patient/Observation.rs" + LABORATORY), "Observation?code=" + heartRate())
                        .foundIds())
                .isEmpty();
        assertThat(server.withheldFromSearch).isEmpty();
    }

    @Test
    void severalFiltersAreAUnion() {
        Map<String, Object> both = anna("patient/Observation.rs" + VITALS + " patient/Observation.rs" + LABORATORY);
        assertThat(server.get(both, "Observation").foundIds()).containsExactly("hr", "lab");
        Map<String, Object> list = anna("patient/Observation.rs" + VITALS + "," + LABORATORY.substring(10));
        assertThat(server.get(list, "Observation").foundIds()).containsExactly("hr", "lab");
        Map<String, Object> whole = anna("patient/Observation.rs" + VITALS + " patient/Observation.rs");
        assertThat(server.get(whole, "Observation").foundIds()).containsExactly("hr", "lab");
    }

    @Test
    void conditionsOfOneFilterMustAllHold() {
        String both = VITALS + "&code=" + Codes.LOINC + "|" + Codes.BODY_WEIGHT;
        assertThat(server.get(anna("patient/Observation.rs" + both), "Observation")
                        .foundIds())
                .isEmpty();
        assertThat(server.get(anna("patient/Observation.rs" + both), "Observation/hr")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void filtersOnDifferentParametersNeedASearchWithinOneOfThem() {
        Map<String, Object> mixed = anna("patient/Observation.rs" + LABORATORY + " patient/Observation.rs?code="
                + Codes.LOINC + "|" + Codes.HEART_RATE);
        assertThat(server.get(mixed, "Observation").code()).isEqualTo("SN-SEARCH-003");
        assertThat(server.get(mixed, "Observation?code=" + heartRate()).foundIds())
                .containsExactly("hr");
        assertThat(server.get(mixed, "Observation/hr").status()).isEqualTo(200);
        assertThat(server.get(mixed, "Observation/lab").status()).isEqualTo(200);
    }

    /** Byte for byte, as for every other hidden record. */
    @Test
    void recordOutsideTheFilterAnswersLikeAnUnknownOne() {
        Map<String, Object> vitals = anna("patient/Observation.rs" + VITALS);
        assertThat(server.get(vitals, "Observation/hr").status()).isEqualTo(200);
        String hidden = PolicyServer.comparable(server.get(vitals, "Observation/lab"));
        assertThat(hidden).startsWith("404");
        assertThat(hidden.replace("/lab", "/x"))
                .isEqualTo(PolicyServer.comparable(server.get(vitals, "Observation/gone"))
                        .replace("/gone", "/x"));
        assertThat(server.get(vitals, "Observation?_id=lab").foundIds()).isEmpty();
    }

    @Test
    void writeOutsideTheFilterIsRefused() {
        Map<String, Object> clinic = Callers.with(
                Callers.clinician(World.CLINIC), "scope", "user/Observation.cu" + VITALS + " user/Observation.rs");
        assertThat(server.post(clinic, "Observation", Records.heartRate(World.ANNA))
                        .status())
                .isEqualTo(201);
        assertThat(server.post(clinic, "Observation", laboratory(World.ANNA)).code())
                .isEqualTo("SN-SCOPE-001");
        assertThat(server.post(clinic, "", transaction(laboratory(World.ANNA))).code())
                .isEqualTo("SN-SCOPE-001");
        // A stored record outside of it is not known to a writer, whatever is put in its place.
        Observation instead = Records.withId(Records.heartRate(World.ANNA), "lab");
        assertThat(server.put(clinic, "Observation/lab", instead).status()).isEqualTo(404);
    }

    @Test
    void unknownFilterGivesNothing() {
        assertThat(server.get(anna("patient/Observation.rs?status=final"), "Observation")
                        .code())
                .isEqualTo("SN-SCOPE-001");
        assertThat(server.get(anna("patient/Observation.rs?category=vital-signs"), "Observation/hr")
                        .code())
                .isEqualTo("SN-SCOPE-001");
    }

    @Test
    void operationNeedsAScopeWithoutFilter() {
        Map<String, Object> job = Callers.with(Callers.job(), "scope", "system/Observation.rs" + VITALS);
        assertThat(server.get(job, "$vital-readings").code()).isEqualTo("SN-SCOPE-001");
    }

    // A clinician in a SMART launch

    @Test
    void launchReachesItsPatientAlone() {
        Map<String, Object> launched = launched("patient/*.rs");
        assertThat(server.get(launched, "Observation").foundIds()).containsExactly("hr", "lab");
        assertThat(server.get(launched, "Patient").foundIds()).containsExactly(World.ANNA);
        assertThat(server.get(launched, "Observation/hr-bernd").status()).isEqualTo(404);
        assertThat(server.get(launched, "Observation?patient=" + World.BERND).foundIds())
                .isEmpty();
        assertThat(server.get(launched, "Patient/" + World.BERND).status()).isEqualTo(404);
        assertThat(server.get(Callers.clinician(World.CLINIC), "Observation/hr-bernd")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void launchIsNoWayRoundCareTeamAndConsent() {
        server.permits.withdraw(World.ANNA);
        Map<String, Object> launched = launched("patient/*.rs");
        assertThat(server.get(launched, "Observation/hr").status()).isEqualTo(404);
        assertThat(server.get(launched, "Observation").foundIds()).isEmpty();
        Map<String, Object> foreign = Callers.with(
                Callers.with(Callers.clinician(World.CLINIC), "patient", World.DORA), "scope", "patient/*.rs");
        assertThat(server.get(foreign, "Patient/" + World.DORA).status()).isEqualTo(404);
    }

    @Test
    void scopesOfBothContextsAddUp() {
        Map<String, Object> launched = launched("patient/Observation.rs user/Observation.rs" + VITALS);
        assertThat(server.get(launched, "Observation/lab").status()).isEqualTo(200);
        assertThat(server.get(launched, "Observation/hr-bernd").status()).isEqualTo(200);
        assertThat(server.get(launched, "Observation?patient=" + World.BERND).foundIds())
                .containsExactly("hr-bernd");
    }

    @Test
    void launchWritesForItsPatientAlone() {
        Map<String, Object> launched = launched("patient/Observation.c");
        assertThat(server.post(launched, "Observation", Records.heartRate(World.ANNA))
                        .status())
                .isEqualTo(201);
        Answer other = server.post(launched, "Observation", Records.heartRate(World.BERND));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("SN-REFERENCE-001");
    }

    @Test
    void patientScopesWithoutAPatientAreRefused() {
        Map<String, Object> claims =
                Callers.with(Callers.clinician(World.CLINIC), "scope", "user/*.rs patient/Observation.rs");
        assertThat(server.get(claims, "Observation/hr").code()).isEqualTo("SN-TOKEN-003");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"user/*.cruds", "system/*.cruds", "user/Observation.rs system/*.*", "launch/patient openid"})
    void scopesOfAnotherContextInflateNothing(String scope) {
        assertThat(server.get(anna(scope), "Observation/hr").code()).isEqualTo("SN-SCOPE-001");
    }

    private static Map<String, Object> anna(String scope) {
        return Callers.with(Callers.patient(World.ANNA), "scope", scope);
    }

    private static Map<String, Object> launched(String scope) {
        return Callers.with(Callers.with(Callers.clinician(World.CLINIC), "patient", World.ANNA), "scope", scope);
    }

    private static String heartRate() {
        return Codes.LOINC + "%7C" + Codes.HEART_RATE;
    }

    private static Observation laboratory(String patientId) {
        Observation observation = Records.heartRate(patientId);
        observation.setCategory(List.of(Records.concept(Codes.OBSERVATION_CATEGORY, "laboratory")));
        observation.setCode(Records.concept(Codes.LOINC, POTASSIUM));
        observation.setSubject(new Reference("Patient/" + patientId));
        return observation;
    }

    private static Bundle transaction(Resource resource) {
        Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
        bundle.addEntry()
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(resource.fhirType());
        return bundle;
    }
}
