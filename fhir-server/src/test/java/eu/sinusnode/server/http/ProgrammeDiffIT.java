package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.profiles.Canonicals;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code CarePlan/$programme-diff}: a programme of the clinic's own, of which a second version has come. */
class ProgrammeDiffIT extends RunningServer {

    private static final String URL = "https://example.org/fhir/PlanDefinition/programme-diff";
    private static final String NAME = "programme-diff";
    private static boolean stored;

    private String clinician = "";
    private String patient = "";

    @BeforeAll
    static void again() {
        stored = false;
    }

    @BeforeEach
    void twoVersions() {
        clinician = TOKENS.clinician(Records.CLINIC);
        patient = Ward.open(NAME);
        if (!stored) {
            PlanDefinition first = shipped();
            first.setVersion("1.0.0").setStatus(PublicationStatus.RETIRED);
            PlanDefinition second = shipped();
            second.setVersion("2.0.0");
            second.getGoalFirstRep().getDescription().setText("Lower than before");
            PlanDefinition.PlanDefinitionGoalComponent steps = second.addGoal();
            steps.setId("steps");
            steps.getDescription().setText("7000 steps a day");
            for (PlanDefinition version : List.of(first, second)) {
                version.setUrl(URL);
                version.setId(Records.id(NAME + version.getVersion()));
            }
            load(Records.transaction(first, second));
            stored = true;
        }
    }

    private PlanDefinition shipped() {
        Bundle found = get("/PlanDefinition?url=" + Canonicals.BASE + "/PlanDefinition/hypertension", clinician)
                .bundle();
        PlanDefinition plan = (PlanDefinition) found.getEntryFirstRep().getResource();
        plan.setMeta(null);
        return plan;
    }

    private String plan(String name, String canonical) {
        CarePlan plan = new CarePlan();
        plan.setStatus(CarePlan.CarePlanStatus.DRAFT).setIntent(CarePlan.CarePlanIntent.PLAN);
        plan.addInstantiatesCanonical(canonical);
        plan.setSubject(new Reference("Patient/" + patient));
        plan.setTitle(name);
        plan.addActivity()
                .getDetail()
                .setStatus(CarePlan.CarePlanActivityStatus.NOTSTARTED)
                .setDescription("Little salt")
                .setCode(new CodeableConcept().setText("Salt"));
        plan.getPeriod().setStartElement(new DateTimeType("2026-11-01"));
        Answer answer = post("/CarePlan", clinician, plan);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.resource().getIdElement().getIdPart();
    }

    private Answer diff(String plan, String token) {
        return get("/CarePlan/" + plan + "/$programme-diff", token);
    }

    @Test
    void whatIsNewAndChangedIsToldOfAVersionThatIsRetired() {
        Answer answer = diff(plan("old", URL + "|1.0.0"), clinician);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Parameters told = (Parameters) answer.resource();
        assertThat(told.getParameterValue("from").primitiveValue()).isEqualTo(URL + "|1.0.0");
        assertThat(told.getParameterValue("to").primitiveValue()).isEqualTo(URL + "|2.0.0");
        assertThat(told.getParameter().stream()
                        .filter(one -> one.getName().equals("change"))
                        .map(ProgrammeDiffIT::parts))
                .containsExactly(
                        Map.of(
                                "kind", "changed",
                                "subject", "goal",
                                "id", "pressure",
                                "words", "Lower than before"),
                        Map.of(
                                "kind", "new",
                                "subject", "goal",
                                "id", "steps",
                                "words", "7000 steps a day"));
        assertThat(Audited.by(answer)).isNotEmpty();
    }

    private static Map<String, String> parts(Parameters.ParametersParameterComponent change) {
        return change.getPart().stream()
                .collect(Collectors.toMap(Parameters.ParametersParameterComponent::getName, part -> part.getValue()
                        .primitiveValue()));
    }

    @Test
    void ofTheNewestNothingIsNew() {
        Parameters told =
                (Parameters) diff(plan("new", URL + "|2.0.0"), clinician).resource();

        assertThat(told.getParameter()).hasSize(2);
        assertThat(told.getParameterValue("from").primitiveValue())
                .isEqualTo(told.getParameterValue("to").primitiveValue());
    }

    @Test
    void aPlanOfNoProgrammeOrOfOneThatIsNotThereIsToldSo() {
        for (String canonical : List.of(URL, URL + "|0.9.0", "https://example.org/none|1.0.0")) {
            Answer answer = diff(plan("lost", canonical), clinician);
            assertThat(answer.status()).as(canonical).isEqualTo(422);
            assertThat(answer.body()).contains("SN-PLAN-017");
        }
    }

    private static String few() {
        return TOKENS.token(CallerKind.CLINICIAN, claims -> claims.claim("organization", Records.CLINIC)
                .claim("fhirUser", "Practitioner/" + Records.PRACTITIONER)
                .claim("scope", "user/CarePlan.r"));
    }

    @Test
    void aHiddenPlanIsAsUnknownAndScopesAreNeeded() {
        String plan = plan("scopes", URL + "|1.0.0");
        assertThat(diff(plan, TOKENS.clinician(Records.CENTRE)).status())
                .isEqualTo(diff(Records.id("nobodys-plan"), clinician).status())
                .isEqualTo(404);
        assertThat(diff(plan, few()).status()).isEqualTo(403);
        assertThat(diff(plan, TOKENS.patient(patient)).status()).isEqualTo(403);
    }
}
