package eu.sinusnode.server.reminders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.Answer;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.StoredRows;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** New reminders go past HAPI's storage, and nobody can tell from what is stored and found. */
class ReminderCopyIT extends RunningServer {

    private static final Instant NOW = Instant.parse("2026-10-25T00:59:59.750Z");

    @Autowired
    private ReminderTasks tasks;

    @Autowired
    private IHapiTransactionService transactions;

    @Autowired
    private DaoRegistry daos;

    @Autowired
    private MeterRegistry meters;

    private static RemindedPatient patient(String name) {
        RemindedPatient patient = new RemindedPatient(name);
        Timing never = RemindedPatient.at(Instant.parse("2031-01-01T09:00:00Z"));
        MedicationRequest prescription = patient.bisoprolol(never);
        // What the prescription says of itself goes over to its reminders.
        prescription.getMeta().addSecurity(new Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY", null));
        patient.load(patient.weight(never), prescription, patient.plan(CarePlanStatus.ACTIVE));
        return patient;
    }

    private static PlannedReminder reminder(RemindedPatient of, String record, String name, Duration forSoLong) {
        return new PlannedReminder(
                UUID.randomUUID(),
                UUID.fromString(of.id("plan")),
                UUID.fromString(of.id),
                record,
                name,
                NOW.minusSeconds(3_600),
                NOW.plusSeconds(600),
                NOW.plus(forSoLong),
                false,
                true);
    }

    private double copied() {
        return meters.counter("sinusnode.reminders.copied").count();
    }

    private List<String> rows(PlannedReminder reminder) {
        return new StoredRows(database).of(reminder.id().toString());
    }

    private void make(PlannedReminder... reminders) {
        transactions.withSystemRequest().execute(() -> tasks.make(List.of(reminders), NOW));
    }

    /** As it was before, one by one. */
    private void throughTheStorage(PlannedReminder reminder) {
        transactions.withSystemRequest().execute(() -> daos.getResourceDao(Task.class)
                .update(ReminderTasks.told(reminder, NOW), new SystemRequestDetails()));
    }

    @Test
    void everyRowIsTheOneOfTheStorage() {
        RemindedPatient anna = patient("copied-anna");
        String weight = "ServiceRequest/" + anna.id("weight");
        String intake = "MedicationRequest/" + anna.id("bisoprolol");
        PlannedReminder[] copies = reminders(anna, weight, intake);
        PlannedReminder[] stored = reminders(anna, weight, intake);
        double before = copied();

        make(copies);
        assertThat(copied() - before).isEqualTo(copies.length);
        for (int i = 0; i < copies.length; i++) {
            throughTheStorage(stored[i]);
            assertThat(rows(copies[i])).hasSizeGreaterThan(8).isEqualTo(rows(stored[i]));
        }
        assertThat(copied() - before).isEqualTo(copies.length);
        assertThat(rows(copies[2])).as("a label went over").anyMatch(row -> row.contains("PSY"));
    }

    /** To come, over already, of a labelled prescription, and of a name that has to be escaped. */
    private static PlannedReminder[] reminders(RemindedPatient of, String weight, String intake) {
        return new PlannedReminder[] {
            reminder(of, weight, "Body weight", Duration.ofHours(3)),
            reminder(of, weight, "Body weight", Duration.ofSeconds(-1)),
            reminder(of, intake, "Bisoprolol 2.5 mg", Duration.ofHours(3)),
            reminder(of, weight, "Gewicht \\ \"früh\"\tnüchtern 🫀 </p>", Duration.ofHours(3))
        };
    }

    @Test
    void itIsReadFoundAnsweredAndKeptInItsHistoryLikeAnyTask() {
        RemindedPatient bert = patient("copied-bert");
        PlannedReminder reminder =
                reminder(bert, "ServiceRequest/" + bert.id("weight"), "Body weight", Duration.ofHours(3));
        make(reminder);
        String path = "/Task/" + reminder.id();

        Task read = (Task) get(path, bert.token()).resource();
        assertThat(read.getMeta().getVersionId()).isEqualTo("1");
        for (String condition : List.of(
                "code=" + Canonicals.TASK_CODES + "%7C" + Codes.THERAPY_REMINDER,
                "status=requested",
                "intent=instance-order",
                "focus=ServiceRequest/" + bert.id("weight"),
                "authored-on=" + read.getAuthoredOnElement().getValueAsString().replace("+", "%2B"),
                "modified=ge2026-10-25")) {
            Answer found = get("/Task?patient=" + bert.id + "&" + condition, bert.token());
            assertThat(found.status()).as(condition + " " + found.body()).isEqualTo(200);
            assertThat(found.bundle().getEntry())
                    .as(condition)
                    .extracting(entry -> entry.getResource().getIdElement().getIdPart())
                    .contains(reminder.id().toString());
        }

        transactions.withSystemRequest().execute(() -> tasks.cancel(reminder.id(), NOW));
        assertThat(((Task) get(path, bert.token()).resource()).getStatus()).isEqualTo(TaskStatus.CANCELLED);
        assertThat(get(path + "/_history", TOKENS.clinician(bert.world.clinic))
                        .bundle()
                        .getEntry())
                .hasSize(2);
        assertThat(get("/Task?patient=" + bert.id + "&status=requested", bert.token())
                        .bundle()
                        .getEntry())
                .isEmpty();
    }

    /** What it is about was deleted: HAPI refuses it, and nothing of the batch is stored. */
    @Test
    void oneUnknownRecordAndNothingIsStored() {
        RemindedPatient carl = patient("copied-carl");
        PlannedReminder good =
                reminder(carl, "ServiceRequest/" + carl.id("weight"), "Body weight", Duration.ofHours(3));
        PlannedReminder lost =
                reminder(carl, "ServiceRequest/" + UUID.randomUUID(), "Body weight", Duration.ofHours(3));

        assertThatThrownBy(() -> make(good, lost)).isInstanceOf(BaseServerResponseException.class);
        assertThat(rows(good)).isEmpty();
        assertThat(rows(lost)).isEmpty();
    }
}
