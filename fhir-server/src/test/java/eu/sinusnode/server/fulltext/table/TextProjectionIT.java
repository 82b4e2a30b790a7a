package eu.sinusnode.server.fulltext.table;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.fulltext.Prose;
import eu.sinusnode.server.projection.OwnTables;
import eu.sinusnode.server.projection.ProjectionInterceptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is kept of a record, on real PostgreSQL. */
class TextProjectionIT {

    private static final String PATIENT = OwnTables.newId();

    private static OwnTables tables;
    private static ProjectionInterceptor storage;

    @BeforeAll
    static void database() {
        tables = OwnTables.migrated();
        storage = new ProjectionInterceptor(List.of(new TextProjection(
                new TextTable(tables.transaction()), Set.of("Condition", "Observation", "CarePlan"))));
    }

    @Test
    void aRowSaysWhoseWordsTheyAreAndHowTheyMayBeLimited() {
        Condition condition =
                Prose.withNarrative(Prose.condition(OwnTables.newId(), PATIENT, "Notiz, 'mit' \"Zeichen\""), "Text");
        condition.setLanguage("de-AT");
        tables.create(storage, condition);
        assertThat(row(condition))
                .containsEntry("patients", "{" + PATIENT + "}")
                .containsEntry("limits", "{code=http://snomed.info/sct|49436004}")
                .containsEntry("language", "de")
                .containsEntry("narrative", "Text")
                .containsEntry("version", 1)
                .containsEntry("gone", false);
        assertThat(row(condition).get("content"))
                .asString()
                .contains("Notiz, 'mit' \"Zeichen\"", "Atrial fibrillation");
    }

    @Test
    void aRiskFlagHasWordsAndItsStatusAndAVitalSignHasNone() {
        Observation flag = Prose.observation(
                OwnTables.newId(), PATIENT, Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG, "Verdacht");
        Observation vital =
                Prose.observation(OwnTables.newId(), PATIENT, Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS, "Vital");
        tables.create(storage, flag, vital);
        assertThat(row(flag).get("limits")).asString().contains("status=preliminary");
        assertThat(rows(vital)).isEmpty();
    }

    @Test
    void whatIsDeletedOrEnteredInErrorKeepsItsIdAlone() {
        Condition deleted = Prose.condition(OwnTables.newId(), PATIENT, "geloescht");
        Condition wrong = Prose.condition(OwnTables.newId(), PATIENT, "irrtum");
        CarePlan plan = plan("plan");
        Observation becomesVital =
                Prose.observation(OwnTables.newId(), PATIENT, Codes.OBSERVATION_CATEGORY, "exam", "untersuchung");
        tables.create(storage, deleted, wrong, plan, becomesVital);
        tables.delete(storage, OwnTables.nextVersion(deleted));
        wrong.setVerificationStatus(new CodeableConcept(new Coding("s", "entered-in-error", null)));
        plan.setStatus(CarePlan.CarePlanStatus.ENTEREDINERROR);
        becomesVital.getCategoryFirstRep().getCodingFirstRep().setCode(Codes.VITAL_SIGNS);
        tables.update(
                storage,
                OwnTables.nextVersion(wrong),
                OwnTables.nextVersion(plan),
                OwnTables.nextVersion(becomesVital));
        for (var record : List.of(deleted, wrong, plan, becomesVital)) {
            assertThat(row(record))
                    .as(record.fhirType())
                    .containsEntry("gone", true)
                    .containsEntry("forgotten", false)
                    .containsEntry("patients", "{}")
                    .containsEntry("limits", "{}")
                    .containsEntry("narrative", "")
                    .containsEntry("content", "");
        }
    }

    @Test
    void ofTwoChangesInOneTransactionTheLastStands() {
        Condition condition = Prose.condition(OwnTables.newId(), PATIENT, "erst");
        tables.inTransaction(() -> {
            storage.created(condition.copy(), null);
            Condition second = condition.copy();
            second.getNoteFirstRep().setText("dann");
            storage.updated(condition, OwnTables.nextVersion(second), null);
            return true;
        });
        assertThat(row(condition).get("content")).asString().contains("dann").doesNotContain("erst");
    }

    @Test
    void whatIsNobodysOrOfAnotherTypeIsNotKept() {
        Condition nobodys = Prose.condition(OwnTables.newId(), PATIENT, "niemand");
        nobodys.setSubject(new Reference().setDisplay("somebody"));
        Condition ofGroup = Prose.condition(OwnTables.newId(), PATIENT, "gruppe");
        ofGroup.setSubject(new Reference("Group/" + OwnTables.newId()));
        Patient patient = new Patient();
        patient.setId("Patient/" + OwnTables.newId() + "/_history/1");
        patient.addName().setFamily("Familie");
        tables.create(storage, nobodys, ofGroup, patient);
        assertThat(rows(nobodys)).isEmpty();
        assertThat(rows(ofGroup)).isEmpty();
        assertThat(rows(patient)).isEmpty();
    }

    @Test
    void whatRollsBackLeavesNoWords() {
        Condition condition = Prose.condition(OwnTables.newId(), PATIENT, "zurueck");
        try {
            tables.inTransaction(() -> {
                storage.created(condition, null);
                throw new IllegalStateException("rolled back");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("rolled back");
        }
        assertThat(rows(condition)).isEmpty();
    }

    private static CarePlan plan(String title) {
        CarePlan plan = new CarePlan();
        plan.setId("CarePlan/" + OwnTables.newId() + "/_history/1");
        plan.setStatus(CarePlan.CarePlanStatus.ACTIVE).setTitle(title);
        plan.setSubject(new Reference("Patient/" + PATIENT));
        return plan;
    }

    private static Map<String, Object> row(Resource record) {
        assertThat(rows(record)).hasSize(1);
        return rows(record).get(0);
    }

    private static List<Map<String, Object>> rows(Resource record) {
        return tables.jdbc().queryForList("""
                SELECT version, language, patients::text, limits::text, narrative, content, gone, forgotten
                FROM sinusnode.full_text WHERE resource = ?::uuid AND resource_type = ?
                """, record.getIdElement().getIdPart(), record.fhirType());
    }
}
