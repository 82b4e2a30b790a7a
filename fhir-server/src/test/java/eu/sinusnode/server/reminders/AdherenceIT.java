package eu.sinusnode.server.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.storage.Zone;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationAdministration.MedicationAdministrationStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the server writes of how much of a plan was kept: a tablet a day on 21 of 28 days, and a weight that nobody took. */
class AdherenceIT extends RunningServer {

    /** Figures end before the last Monday, whatever day it is. */
    private static final LocalDate WEEK = Adherence.monday(Instant.now());

    private static final int NAMED = 12;

    private static final String EXERCISE = "55411-3";

    @Autowired
    private Adherence adherence;

    @Autowired
    private Reminders reminders;

    private static Timing daily() {
        Timing timing = new Timing();
        timing.getRepeat().setFrequency(1).setPeriod(1).setPeriodUnit(UnitsOfTime.D);
        return timing;
    }

    private RemindedPatient onTwentyOneDays(String name) {
        RemindedPatient anna = new RemindedPatient(name);
        anna.load(anna.weight(daily()), anna.bisoprolol(daily()), anna.plan(CarePlanStatus.ACTIVE));
        List<Resource> taken = new ArrayList<>();
        for (int day = 1; day <= 28; day++) {
            if (day % 4 != 0) {
                taken.add(taken(anna, WEEK.minusDays(day)));
            }
        }
        anna.load(taken.toArray(Resource[]::new));
        reminders.read(Instant.now(), 1_000);
        return anna;
    }

    private static MedicationAdministration taken(RemindedPatient anna, LocalDate day) {
        MedicationAdministration administration = new MedicationAdministration();
        administration.setId(anna.id("taken-" + day));
        administration.setStatus(MedicationAdministrationStatus.COMPLETED);
        administration.setSubject(new Reference("Patient/" + anna.id));
        administration.setMedication(new CodeableConcept().setText("Bisoprolol 2.5 mg"));
        administration.setEffective(new DateTimeType(
                Date.from(day.atTime(8, 0).atZone(Zone.OF_DATES).toInstant())));
        administration.setRequest(new Reference("MedicationRequest/" + anna.id("bisoprolol")));
        return administration;
    }

    private void due(RemindedPatient anna) {
        database.update(
                "UPDATE sinusnode.reminder_plan SET adherence_due = 'epoch' WHERE plan = ?",
                UUID.fromString(anna.id("plan")));
    }

    private void write(RemindedPatient anna) {
        due(anna);
        finish(anna);
    }

    private void finish(RemindedPatient anna) {
        while (adherence.write(Instant.now())) {
            // The worker may be faster; one of both writes.
        }
        assertThat(database.queryForObject(
                        "SELECT adherence_due > now() FROM sinusnode.reminder_plan WHERE plan = ?",
                        Boolean.class,
                        UUID.fromString(anna.id("plan"))))
                .as("its next turn")
                .isTrue();
    }

    private static List<Observation> found(RemindedPatient anna, String token, String code) {
        Answer answer =
                get("/Observation?patient=" + anna.id + "&code=" + Canonicals.OBSERVATION_CODES + "%7C" + code, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.bundle().getEntry().stream()
                .map(entry -> (Observation) entry.getResource())
                .toList();
    }

    @Test
    void daysCoveredAreWrittenOnceAndWhatIsNotKnownHasNoValue() {
        RemindedPatient anna = onTwentyOneDays("adherence-written");
        write(anna);
        write(anna);
        for (String token : List.of(anna.token(), TOKENS.clinician(anna.world.clinic))) {
            assertThat(found(anna, token, Codes.DAYS_COVERED)).singleElement().satisfies(covered -> {
                assertThat(((Quantity) covered.getValue()).getValue()).isEqualByComparingTo(new BigDecimal("75"));
                assertThat(((Quantity) covered.getValue()).getCode()).isEqualTo("%");
                assertThat(covered.getBasedOn())
                        .extracting(Reference::getReference)
                        .containsExactly("CarePlan/" + anna.id("plan"), "MedicationRequest/" + anna.id("bisoprolol"));
                assertThat(covered.getIdElement().getVersionIdPart()).isEqualTo("1");
                assertThat(covered.getEffectivePeriod().getStartElement().getValueAsString())
                        .isEqualTo(WEEK.minusDays(28).toString());
                assertThat(covered.getEffectivePeriod().getEndElement().getValueAsString())
                        .isEqualTo(WEEK.minusDays(1).toString());
                Answer valid = post("/Observation/$validate", TOKENS.loader(), covered);
                assertThat(valid.body()).doesNotContain("\"severity\":\"error\"");
            });
        }
        assertThat(found(anna, anna.token(), Codes.MEASUREMENTS_KEPT))
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.hasValue()).isFalse();
                    assertThat(kept.getDataAbsentReason().getText()).isNotEmpty();
                });
    }

    /** A tablet a day is what was asked for on the days that are told, and two from now on. */
    @Test
    void whatIsPrescribedOtherwiseLaterChangesNothingOfTheDaysThatAreTold() {
        RemindedPatient anna = onTwentyOneDays("adherence-adjusted");
        MedicationRequest twice = anna.bisoprolol(daily());
        twice.getDosageInstructionFirstRep().getTiming().getRepeat().setFrequency(2);
        anna.load(twice);
        reminders.read(Instant.now(), 1_000);
        write(anna);
        Observation written = found(anna, anna.token(), Codes.DAYS_COVERED).get(0);
        assertThat(written.getValueQuantity().getValue()).isEqualByComparingTo("75");
        assertThat(get(
                                "/Provenance?target=Observation/"
                                        + written.getIdElement().getIdPart(),
                                anna.token())
                        .body())
                .as("both versions, of which the newer one asks for nothing of these days")
                .contains(
                        "MedicationRequest/" + anna.id("bisoprolol") + "/_history/1",
                        "MedicationRequest/" + anna.id("bisoprolol") + "/_history/2");

        CarePlan over = anna.plan(CarePlanStatus.COMPLETED);
        over.getPeriod().getEndElement().setValueAsString(WEEK.minusDays(1).toString());
        anna.load(over);
        Parameters progress = (Parameters)
                get("/CarePlan/" + anna.id("plan") + "/$progress", anna.token()).resource();
        assertThat(progress.getParameter().stream()
                        .filter(each -> each.getName().equals("activity"))
                        .flatMap(activity -> activity.getPart().stream())
                        .filter(part -> part.getName().equals("proportionOfDaysCovered"))
                        .map(part -> part.getValue().primitiveValue()))
                .as("of the same days, to who asks")
                .containsExactly("0.750");
    }

    @Test
    void aReaderSeesWhatItIsMadeOf() {
        RemindedPatient anna = onTwentyOneDays("adherence-sources");
        write(anna);
        Observation covered = found(anna, anna.token(), Codes.DAYS_COVERED).get(0);
        Answer answer = get(
                "/Provenance?target=Observation/" + covered.getIdElement().getIdPart(),
                TOKENS.clinician(anna.world.clinic));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.bundle().getEntry()).singleElement().satisfies(entry -> {
            List<String> sources = ((Provenance) entry.getResource())
                    .getEntity().stream()
                            .map(entity -> entity.getWhat().getReference())
                            .toList();
            List<String> newest = new ArrayList<>();
            newest.add("MedicationRequest/" + anna.id("bisoprolol") + "/_history/1");
            for (int day = 1; newest.size() <= NAMED; day++) {
                if (day % 4 != 0) {
                    newest.add("MedicationAdministration/" + anna.id("taken-" + WEEK.minusDays(day)) + "/_history/1");
                }
            }
            assertThat(sources).containsExactlyElementsOf(newest);
        });
        String provenance = "/Provenance/"
                + answer.bundle()
                        .getEntryFirstRep()
                        .getResource()
                        .getIdElement()
                        .getIdPart();
        Answer valid = post(
                "/Provenance/$validate",
                TOKENS.loader(),
                get(provenance, TOKENS.clinician(anna.world.clinic)).body());
        assertThat(valid.status()).as(valid.body()).isEqualTo(200);
        assertThat(valid.body()).doesNotContain("\"severity\":\"error\"");
    }

    private static Goal minutes(RemindedPatient anna) {
        Goal goal = new Goal();
        goal.setId(anna.id("goal"));
        goal.setLifecycleStatus(Goal.GoalLifecycleStatus.ACTIVE);
        goal.getDescription().setText("150 minutes of moderate activity a week");
        goal.setSubject(new Reference("Patient/" + anna.id));
        Range range = new Range();
        range.getLow()
                .setValue(150)
                .setUnit("min/wk")
                .setSystem("http://unitsofmeasure.org")
                .setCode("min/wk");
        goal.addTarget()
                .setMeasure(new CodeableConcept(new Coding(Codes.LOINC, EXERCISE, null)))
                .setDetail(range);
        return goal;
    }

    private static Observation walked(RemindedPatient anna, int daysBefore, int minutes) {
        Observation walked = new Observation();
        walked.setId(anna.id("walked-" + daysBefore));
        walked.setStatus(Observation.ObservationStatus.FINAL);
        walked.setCode(new CodeableConcept(new Coding(Codes.LOINC, EXERCISE, "Exercise duration")));
        walked.setSubject(new Reference("Patient/" + anna.id));
        walked.addPerformer(new Reference("Patient/" + anna.id));
        walked.setEffective(new DateTimeType(Date.from(
                WEEK.minusDays(daysBefore).atTime(17, 0).atZone(Zone.OF_DATES).toInstant())));
        Quantity duration = new Quantity(minutes);
        duration.setUnit("min").setSystem("http://unitsofmeasure.org").setCode("min");
        return walked.setValue(duration);
    }

    private RemindedPatient withMinutes(String name, int... daysBefore) {
        RemindedPatient anna = new RemindedPatient(name);
        CarePlan plan = anna.plan(CarePlanStatus.ACTIVE);
        plan.addGoal(new Reference("Goal/" + anna.id("goal")));
        anna.load(anna.weight(daily()), anna.bisoprolol(daily()), minutes(anna), plan);
        for (int day : daysBefore) {
            anna.load(walked(anna, day, 40));
        }
        reminders.read(Instant.now(), 1_000);
        write(anna);
        return anna;
    }

    @Test
    void minutesOfTheLastWeekAreSummedAndTargetsJudgedByThem() {
        RemindedPatient anna = withMinutes("adherence-minutes", 1, 3, 7, 8, 20);
        assertThat(found(anna, anna.token(), Codes.TRAINING_MINUTES))
                .singleElement()
                .satisfies(minutes -> {
                    assertThat(minutes.getValueQuantity().getValue()).isEqualByComparingTo("120");
                    assertThat(minutes.getValueQuantity().getCode()).isEqualTo("min/wk");
                    assertThat(minutes.getDerivedFrom())
                            .extracting(source -> source.getReferenceElement().getIdPart())
                            .containsExactly(anna.id("walked-1"), anna.id("walked-3"), anna.id("walked-7"));
                });
        assertThat(found(anna, anna.token(), Codes.TARGETS_REACHED))
                .singleElement()
                .satisfies(reached ->
                        assertThat(reached.getValueQuantity().getValue()).isEqualByComparingTo("0"));
    }

    /** Of the days of which nothing was measured. */
    @Test
    void minutesThatAreReportedAreInTheSumAndNamedApart() {
        RemindedPatient anna = new RemindedPatient("adherence-reported");
        ServiceRequest walk = anna.weight(daily());
        walk.setId(anna.id("walk"));
        CodeableConcept exercise = new CodeableConcept(new Coding(Codes.SNOMED, "229065009", null));
        walk.setCode(exercise).addCategory(exercise.copy());
        walk.getOccurrenceTiming().getRepeat().setDuration(30).setDurationUnit(UnitsOfTime.MIN);
        CarePlan plan = anna.plan(CarePlanStatus.ACTIVE);
        plan.addActivity().setReference(new Reference("ServiceRequest/" + anna.id("walk")));
        plan.addGoal(new Reference("Goal/" + anna.id("goal")));
        anna.load(anna.weight(daily()), anna.bisoprolol(daily()), walk, minutes(anna), plan, walked(anna, 3, 40));
        Task reminder = walkedByReminder(anna, 2);
        reminder.getMeta().addSecurity("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null);
        anna.load(reminder, walkedByReminder(anna, 3), walkedByReminder(anna, 12));
        reminders.read(Instant.now(), 1_000);
        write(anna);
        Observation minutes = found(anna, anna.token(), Codes.TRAINING_MINUTES).get(0);
        assertThat(minutes.getValueQuantity().getValue()).isEqualByComparingTo("70");
        assertThat(minutes.getComponent()).singleElement().satisfies(reported -> {
            assertThat(reported.getCode().getCodingFirstRep().getCode()).isEqualTo(Codes.REPORTED_TRAINING_MINUTES);
            assertThat(reported.getValueQuantity().getValue()).isEqualByComparingTo("30");
            assertThat(reported.getValueQuantity().getCode()).isEqualTo("min/wk");
        });
        assertThat(minutes.getDerivedFrom())
                .extracting(source -> source.getReferenceElement().getIdPart())
                .containsExactly(anna.id("walked-3"));
        assertThat(minutes.getMeta().getSecurity()).extracting(Coding::getCode).contains("R");
        Answer provenance =
                get("/Provenance?target=Observation/" + minutes.getIdElement().getIdPart(), anna.token());
        assertThat(provenance.bundle().getEntry()).singleElement().satisfies(entry -> assertThat(
                        ((Provenance) entry.getResource()).getEntity())
                .extracting(entity -> entity.getWhat().getReferenceElement().getIdPart())
                .containsExactly(reminder.getIdElement().getIdPart()));
        Observation reached = found(anna, anna.token(), Codes.TARGETS_REACHED).get(0);
        assertThat(reached.getMeta().getSecurity())
                .as("it is made of the same answers")
                .extracting(Coding::getCode)
                .contains("R");
        assertThat(get(
                                "/Provenance?target=Observation/"
                                        + reached.getIdElement().getIdPart(),
                                anna.token())
                        .body())
                .contains(reminder.getIdElement().getIdPart());
        Answer valid = post("/Observation/$validate", TOKENS.loader(), minutes);
        assertThat(valid.body()).doesNotContain("\"severity\":\"error\"");
    }

    private static Task walkedByReminder(RemindedPatient anna, int daysBefore) {
        Date planned = Date.from(
                WEEK.minusDays(daysBefore).atTime(18, 0).atZone(Zone.OF_DATES).toInstant());
        Task task = new Task();
        task.setId(anna.id("answered-" + daysBefore));
        task.setStatus(TaskStatus.COMPLETED).setIntent(TaskIntent.INSTANCEORDER);
        task.setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, Codes.THERAPY_REMINDER, null)));
        task.addBasedOn(new Reference("CarePlan/" + anna.id("plan"))).setDescription("Brisk walking");
        task.setFocus(new Reference("ServiceRequest/" + anna.id("walk")));
        task.setFor(new Reference("Patient/" + anna.id)).setOwner(new Reference("Patient/" + anna.id));
        task.setAuthoredOn(planned).setLastModified(planned);
        task.addInput()
                .setType(new CodeableConcept(new Coding(Canonicals.REMINDER_DETAILS, Codes.PLANNED_TIME, null)))
                .setValue(new DateTimeType(planned));
        return task;
    }

    @Test
    void whereNoMinutesAreRecordedNoneAreStated() {
        RemindedPatient anna = withMinutes("adherence-no-minutes", 20);
        for (String code : List.of(Codes.TRAINING_MINUTES, Codes.TARGETS_REACHED)) {
            assertThat(found(anna, anna.token(), code)).singleElement().satisfies(unknown -> {
                assertThat(unknown.hasValue()).isFalse();
                assertThat(unknown.getDataAbsentReason().getText()).isNotEmpty();
                assertThat(unknown.getDerivedFrom()).isEmpty();
            });
        }
    }

    @Test
    void twoNodesWriteAPlanOnce() throws Exception {
        List<RemindedPatient> patients = List.of(
                onTwentyOneDays("adherence-two-a"),
                onTwentyOneDays("adherence-two-b"),
                onTwentyOneDays("adherence-two-c"));
        patients.forEach(this::due);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> turns = new ArrayList<>();
            for (int turn = 0; turn < 8; turn++) {
                turns.add(nodes.submit(() -> adherence.write(Instant.now())));
            }
            for (Future<Boolean> turn : turns) {
                turn.get();
            }
        } finally {
            nodes.shutdownNow();
        }
        for (RemindedPatient anna : patients) {
            finish(anna);
            assertThat(found(anna, anna.token(), Codes.DAYS_COVERED))
                    .singleElement()
                    .satisfies(covered -> assertThat(covered.getIdElement().getVersionIdPart())
                            .isEqualTo("1"));
        }
    }

    @Test
    void aNodeThatDiesBeforeItsPlanIsMarkedLeavesNothingBehindAndItIsWrittenOnceThen() {
        RemindedPatient anna = onTwentyOneDays("adherence-dies");
        database.execute("""
                CREATE FUNCTION pg_temp_dies() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'dies here'; END $$;
                CREATE TRIGGER dies BEFORE UPDATE OF adherence_due ON sinusnode.reminder_plan FOR EACH ROW
                WHEN (NEW.plan = '%s' AND NEW.adherence_due > now() + interval '90 minutes')
                EXECUTE FUNCTION pg_temp_dies();
                """.formatted(anna.id("plan")));
        try {
            due(anna);
            while (adherence.write(Instant.now())) {
                // Until this plan was tried, by the worker or here.
            }
            assertThat(found(anna, anna.token(), Codes.DAYS_COVERED)).isEmpty();
        } finally {
            database.execute("DROP TRIGGER dies ON sinusnode.reminder_plan; DROP FUNCTION pg_temp_dies()");
        }
        write(anna);
        assertThat(found(anna, anna.token(), Codes.DAYS_COVERED))
                .singleElement()
                .satisfies(covered ->
                        assertThat(covered.getIdElement().getVersionIdPart()).isEqualTo("1"));
    }

    @Test
    void whatWasDeletedDoesNotComeBack() {
        RemindedPatient anna = onTwentyOneDays("adherence-deleted");
        write(anna);
        Observation covered = found(anna, anna.token(), Codes.DAYS_COVERED).get(0);
        String provenance = get(
                        "/Provenance?target=Observation/"
                                + covered.getIdElement().getIdPart(),
                        anna.token())
                .bundle()
                .getEntryFirstRep()
                .getResource()
                .getIdElement()
                .getIdPart();
        for (String path : List.of(
                "/Provenance/" + provenance,
                "/Observation/" + covered.getIdElement().getIdPart())) {
            Answer deleted = send(request(path, TOKENS.loader()).DELETE());
            assertThat(deleted.status()).as(deleted.body()).isIn(200, 204);
        }
        write(anna);
        assertThat(found(anna, anna.token(), Codes.DAYS_COVERED)).isEmpty();
    }

    /** Days covered would tell the clinic of intakes that it may not see. */
    @Test
    void whereSomeRecordsAreClosedToTheClinicNothingIsWritten() {
        RemindedPatient denied = onTwentyOneDays("adherence-denied");
        denied.world.permitClinic("anna", permit -> permit.addProvision()
                .setType(ConsentProvisionType.DENY)
                .addClass_(new Coding(Codes.RESOURCE_TYPES, "MedicationAdministration", null)));
        RemindedPatient narrowed = onTwentyOneDays("adherence-narrowed");
        narrowed.world.permitClinic(
                "anna", permit -> permit.addClass_(new Coding(Codes.RESOURCE_TYPES, "Observation", null)));
        for (RemindedPatient anna : List.of(denied, narrowed)) {
            reminders.read(Instant.now(), 1_000);
            write(anna);
            assertThat(found(anna, anna.token(), Codes.DAYS_COVERED)).isEmpty();
            assertThat(found(anna, anna.token(), Codes.MEASUREMENTS_KEPT)).isEmpty();
        }
    }

    @Test
    void itIsAsSensitiveAsWhatItIsMadeOf() {
        RemindedPatient anna = new RemindedPatient("adherence-labelled");
        Resource prescription = anna.bisoprolol(daily());
        prescription.getMeta().addSecurity("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", null);
        anna.load(anna.weight(daily()), prescription, anna.plan(CarePlanStatus.ACTIVE));
        reminders.read(Instant.now(), 1_000);
        write(anna);
        assertThat(found(anna, anna.token(), Codes.DAYS_COVERED))
                .singleElement()
                .satisfies(covered -> assertThat(covered.getMeta().getSecurity())
                        .extracting(Coding::getCode)
                        .contains("R"));
        assertThat(found(anna, anna.token(), Codes.MEASUREMENTS_KEPT))
                .singleElement()
                .satisfies(kept -> assertThat(kept.getMeta().getSecurity())
                        .extracting(Coding::getCode)
                        .doesNotContain("R"));
    }

    @Test
    void ofWhomItIsNotPermittedNothingIsWritten() {
        RemindedPatient anna = onTwentyOneDays("adherence-withdrawn");
        anna.world.withdraw("anna");
        reminders.read(Instant.now(), 1_000);
        write(anna);
        assertThat(found(anna, anna.token(), Codes.DAYS_COVERED)).isEmpty();
    }

    @Test
    void nobodyElseStatesIt() {
        RemindedPatient anna = new RemindedPatient("adherence-stated");
        Observation stated = Records.heartRate(anna.id, anna.world.id("anna-cuff"), "adherence-stated");
        stated.getCode().addCoding(new Coding(Canonicals.OBSERVATION_CODES, Codes.DAYS_COVERED, null));
        stated.setPerformer(List.of(new Reference("Patient/" + anna.id)));
        for (String token : List.of(anna.token(), TOKENS.clinician(anna.world.clinic), anna.world.clinicToken())) {
            Answer answer = post("/Observation", token, stated);
            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
            assertThat(answer.codes()).containsExactly("SN-CONTENT-001");
        }
    }
}
