package eu.sinusnode.launcher.therapy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.http.Callers;
import eu.sinusnode.launcher.http.FhirEndpoint;
import eu.sinusnode.launcher.therapy.FhirJson.Parameter;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A plan for a patient with high blood pressure, as those concerned make it: the clinician applies the programme, answers
 * what it asks, decides on medicines that it proposes, says that it began a week ago and activates it; the patient's app brings what was measured and taken since; the
 * patient books the first video call; the clinician adds a measurement at noon, or whatever time it soon is, and the
 * reminder of it is there; the patient asks, and the question is in the clinician's inbox. Everything goes over the FHIR API with each one's own token.
 */
public final class TherapyWeek {

    static final String BLOOD_PRESSURE = "85354-9";
    private static final String PROGRAMME = Canonicals.BASE + "/PlanDefinition/hypertension";
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int DAYS = 7;
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Callers callers;
    private final String clinicianName;
    private final FhirEndpoint clinician;

    public TherapyWeek(Callers callers, String clinician) {
        this.callers = callers;
        this.clinicianName = clinician;
        this.clinician = callers.as(clinician);
    }

    /**
     * What came of it.
     *
     * @param progress the answer of {@code CarePlan/[id]/$progress} to the patient
     * @param appointment the video call that was booked
     * @param reminders Tasks of the patient
     * @param question what the patient asked, as a Task in the clinician's inbox
     */
    public record Outcome(
            Persona patient,
            String clinician,
            String plan,
            JsonNode progress,
            JsonNode appointment,
            List<JsonNode> reminders,
            JsonNode question) {}

    /** Empty when no persona of the clinician can have the programme, or the first one has it already. */
    public Optional<Outcome> run(List<Persona> personas) {
        for (Persona persona : personas) {
            Answer applied = clinician.post(
                    "PlanDefinition/$apply",
                    FhirJson.bytes(FhirJson.parameters(
                            Parameter.text("subject", "valueString", "Patient/" + persona.id()),
                            Parameter.text("canonical", "valueUri", PROGRAMME))));
            if (applied.isOk()) {
                return "draft".equals(applied.body().path("status").asText())
                        ? Optional.of(with(persona, applied.body()))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Outcome with(Persona persona, JsonNode draft) {
        FhirEndpoint patient = callers.as(persona.login());
        String path = "CarePlan/" + draft.path("id").asText();
        beginAWeekAgo(path);
        activate(draft, path);
        Sent.demand(patient.post("", FhirJson.bytes(week(persona, patient, draft))), "The patient's week");
        JsonNode appointment = book(patient, draft);
        JsonNode progress =
                Sent.demand(patient.get(path + "/$progress"), "The progress").body();
        adjust(persona, patient, draft);
        List<JsonNode> reminders = reminders(persona, patient);
        JsonNode question = new PatientQuestion(patient, clinician).ask(clinic(draft));
        return new Outcome(persona, clinicianName, path, progress, appointment, reminders, question);
    }

    private void activate(JsonNode draft, String path) {
        for (String task : references(draft, "Task/")) {
            ObjectNode record = read(task);
            if (FhirJson.code(record.path("code")).equals(Codes.THERAPY_QUESTION)) {
                update(task, record.put("status", "completed"));
            }
        }
        decline(draft);
        Sent.demand(
                clinician.post(
                        path + "/$activate",
                        FhirJson.bytes(FhirJson.parameters(Parameter.text(
                                "version",
                                "valueId",
                                read(path).path("meta").path("versionId").asText())))),
                "The activation of the plan");
    }

    /** A dose is nothing that a demo makes up: what is proposed is not prescribed. */
    private void decline(JsonNode draft) {
        for (String medicine : references(draft, "MedicationRequest/")) {
            ObjectNode record = read(medicine);
            if (record.path("intent").asText().equals("proposal")) {
                record.put("status", "cancelled")
                        .putObject("statusReason")
                        .put("text", "Talked about with the patient; not prescribed for now.");
                update(medicine, record);
            }
        }
    }

    /** With what it asks for: otherwise nothing was due yet. Once it holds, its past cannot be told otherwise. */
    private void beginAWeekAgo(String path) {
        String start = LocalDate.now(ZONE).minusDays(DAYS).toString();
        ObjectNode plan = read(path);
        ((ObjectNode) plan.path("period")).put("start", start);
        update(path, plan);
        for (String request : references(plan, "ServiceRequest/")) {
            ObjectNode record = read(request);
            JsonNode bounds = record.path("occurrenceTiming").path("repeat").path("boundsPeriod");
            if (bounds instanceof ObjectNode period) {
                period.put("start", start);
                update(request, record);
            }
        }
    }

    private ObjectNode week(Persona persona, FhirEndpoint patient, JsonNode plan) {
        String cuff = patient.searchAll("Device?patient=" + persona.id()).stream()
                .filter(device -> FhirJson.code(device.path("type")).equals("cuff"))
                .map(device -> device.path("id").asText())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Each patient of the cohort has a cuff."));
        Optional<JsonNode> medicine = references(plan, "MedicationRequest/").stream()
                .<JsonNode>map(this::read)
                .filter(each -> each.path("status").asText().equals("active"))
                .findFirst();
        return new PatientWeek(persona.id(), cuff, medicine, LocalDate.now(ZONE), ZONE).transaction();
    }

    private JsonNode book(FhirEndpoint patient, JsonNode plan) {
        String slot = new VideoCalendar(
                        callers.as(DemoRegistrations.LOADER), callers.as(DemoRegistrations.CLINIC_SYSTEM))
                .open(clinic(plan));
        return Sent.demand(
                        patient.post(
                                "Appointment/$book",
                                FhirJson.bytes(FhirJson.parameters(
                                        Parameter.reference("slot", slot),
                                        Parameter.text("version", "valueId", "1"),
                                        Parameter.reference(
                                                "appointment",
                                                references(plan, "Appointment/").get(0))))),
                        "The booking")
                .body();
    }

    private static String clinic(JsonNode plan) {
        return plan.path("contributor").path(0).path("reference").asText();
    }

    /** At night, too: the patient wants no quiet hours. */
    private void adjust(Persona persona, FhirEndpoint patient, JsonNode plan) {
        Sent.demand(
                patient.post(
                        "Patient/" + persona.id() + "/$reminder-settings",
                        FhirJson.bytes(FhirJson.parameters(
                                Parameter.text("quietFrom", "valueTime", "00:00:00"),
                                Parameter.text("quietUntil", "valueTime", "00:00:00")))),
                "The settings of reminders");
        for (String request : references(plan, "ServiceRequest/")) {
            ObjectNode record = read(request);
            if (FhirJson.code(record.path("code")).equals(BLOOD_PRESSURE)) {
                ObjectNode repeat = (ObjectNode) record.path("occurrenceTiming").path("repeat");
                LocalTime soon = LocalTime.now(ZONE).plus(SOON).truncatedTo(ChronoUnit.MINUTES);
                ArrayNode times = repeat.put("frequency", 3).putArray("timeOfDay");
                List.of(LocalTime.of(7, 30), soon, LocalTime.of(21, 0)).stream()
                        .distinct()
                        .forEach(time -> times.add(time + ":00"));
                repeat.put("frequency", times.size());
                update(request, record);
            }
        }
    }

    private List<JsonNode> reminders(Persona persona, FhirEndpoint patient) {
        String query = "Task?patient=" + persona.id() + "&code="
                + URLEncoder.encode(Canonicals.TASK_CODES + "|" + Codes.THERAPY_REMINDER, StandardCharsets.UTF_8);
        Instant until = Instant.now().plus(PATIENCE);
        List<JsonNode> found = patient.searchAll(query);
        while (found.isEmpty() && Instant.now().isBefore(until)) {
            pause();
            found = patient.searchAll(query);
        }
        return found;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The demo was interrupted.", e);
        }
    }

    /** What the plan's activities name, of one type. */
    private static List<String> references(JsonNode plan, String type) {
        return StreamSupport.stream(plan.path("activity").spliterator(), false)
                .map(activity -> activity.path("reference").path("reference").asText(""))
                .filter(reference -> reference.startsWith(type))
                .toList();
    }

    private ObjectNode read(String path) {
        return (ObjectNode) Sent.demand(clinician.get(path), path).body();
    }

    private void update(String path, ObjectNode record) {
        record.remove("meta");
        Sent.demand(clinician.put(path, FhirJson.bytes(record)), "The change of " + path);
    }
}
