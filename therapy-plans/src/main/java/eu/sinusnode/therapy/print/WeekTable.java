package eu.sinusnode.therapy.print;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.ParameterComponent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;

/** What is done in a week, group by group, what is taken, and the calls. */
final class WeekTable {

    private static final String TRAINING = "229065009";
    private static final EnumSet<ServiceRequestStatus> ORDERED =
            EnumSet.of(ServiceRequestStatus.ACTIVE, ServiceRequestStatus.DRAFT, ServiceRequestStatus.ONHOLD);
    private static final EnumSet<MedicationRequestStatus> PRESCRIBED =
            EnumSet.of(MedicationRequestStatus.ACTIVE, MedicationRequestStatus.ONHOLD);
    private static final EnumSet<TaskStatus> OPEN = EnumSet.of(
            TaskStatus.DRAFT,
            TaskStatus.REQUESTED,
            TaskStatus.RECEIVED,
            TaskStatus.ACCEPTED,
            TaskStatus.READY,
            TaskStatus.INPROGRESS);

    private final PrintedPlan printed;
    private final PrintLanguage language;
    private final List<CarePlanActivityDetailComponent> details;
    private final PageFrame frame;
    private final QuantityWords words;
    private final TimingWords timings;

    WeekTable(
            PrintedPlan printed,
            PrintLanguage language,
            Stream<CarePlanActivityDetailComponent> details,
            PageFrame frame) {
        this.printed = printed;
        this.language = language;
        this.details = details.filter(detail -> !PlanSheet.isRule(detail)).toList();
        this.frame = frame;
        this.words = new QuantityWords(language);
        this.timings = new TimingWords(language);
    }

    void write(Html page) {
        page.element("h2", language.say("week"), "class", "fresh");
        page.open("table", "class", "week")
                .element("caption", language.say("week.caption"))
                .open("thead")
                .open("tr");
        for (String column : List.of("what", "often", "when", "how")) {
            page.element("th", language.say("week." + column), "scope", "col");
        }
        page.close().close();
        group(page, "measurements", orders(false));
        group(page, "training", orders(true));
        group(page, "learning", tasks(Codes.THERAPY_EDUCATION));
        group(page, "questions", tasks(Codes.THERAPY_QUESTIONNAIRE));
        group(page, "others", details.stream().map(this::described).toList());
        page.close();
        page.open("div", "class", "part").element("h2", language.say("medicines"));
        medicines(page);
        page.close();
    }

    private void group(Html page, String group, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        page.open("tbody").open("tr");
        page.element("th", language.say("group." + group), "scope", "rowgroup", "colspan", "4", "class", "group");
        page.close();
        for (List<String> row : rows) {
            page.open("tr").element("th", row.get(0), "scope", "row");
            row.subList(1, row.size()).forEach(cell -> page.element("td", cell));
            page.close();
        }
        page.close();
    }

    private List<List<String>> orders(boolean training) {
        return printed.orders().stream()
                .filter(order -> ORDERED.contains(order.getStatus()))
                .filter(order -> isTraining(order) == training)
                .map(order -> row(words.name(order.getCode()), order.getOccurrence(), order.getPatientInstruction()))
                .toList();
    }

    private static boolean isTraining(ServiceRequest order) {
        return order.getCategory().stream()
                .flatMap(category -> category.getCoding().stream())
                .anyMatch(coding -> TRAINING.equals(coding.getCode()));
    }

    private List<List<String>> tasks(String code) {
        return printed.tasks().stream()
                .filter(task -> OPEN.contains(task.getStatus()) && isTask(task.getCode(), code))
                .map(task -> {
                    String said = language.translated(String.valueOf(task.getDescription()));
                    int end = said.indexOf(". ");
                    return end < 0
                            ? row(said, timing(task), "")
                            : row(said.substring(0, end), timing(task), said.substring(end + 2));
                })
                .toList();
    }

    private static Type timing(Task task) {
        return task.getInput().stream()
                .map(ParameterComponent::getValue)
                .filter(Timing.class::isInstance)
                .findFirst()
                .orElseGet(StringType::new);
    }

    static boolean isTask(CodeableConcept concept, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> Canonicals.TASK_CODES.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }

    private List<String> described(CarePlanActivityDetailComponent detail) {
        return row(PlanSheet.description(detail, words), detail.getScheduled(), "");
    }

    private List<String> row(String name, Type timing, String how) {
        String takes = timings.duration(timing);
        String often = timing instanceof StringType ? language.say("often.once") : timings.howOften(timing);
        return List.of(
                name,
                takes.isEmpty() ? often : language.say("often.takes", often, takes),
                timings.when(timing),
                how == null ? "" : language.translated(how));
    }

    private void medicines(Html page) {
        DoseWords doses = new DoseWords(language);
        List<List<String>> rows = new ArrayList<>();
        for (MedicationRequest prescription : printed.prescriptions()) {
            if (!PRESCRIBED.contains(prescription.getStatus())) {
                continue;
            }
            String name = prescription.getStatus() == MedicationRequestStatus.ONHOLD
                    ? language.say("medicine.paused", medicine(prescription))
                    : medicine(prescription);
            if (prescription.getDosageInstruction().isEmpty()) {
                rows.add(List.of(name, language.say("dose.unknown"), language.say("dose.when-unknown"), ""));
            }
            for (Dosage dosage : prescription.getDosageInstruction()) {
                rows.add(List.of(name, doses.dose(dosage), doses.when(dosage), String.join(". ", doses.notes(dosage))));
            }
        }
        page.element("p", language.say(rows.isEmpty() ? "medicines.none" : "medicines.intro"));
        if (!rows.isEmpty()) {
            PageFrame.table(
                    page,
                    "medicines",
                    language.say("medicines.caption"),
                    Stream.of("medicine", "dose", "medicine.when", "medicine.note")
                            .map(language::say)
                            .toList(),
                    rows);
        }
    }

    String medicine(MedicationRequest prescription) {
        return medicine(prescription, printed, words);
    }

    static String medicine(MedicationRequest prescription, PrintedPlan printed, QuantityWords words) {
        if (prescription.getMedication() instanceof CodeableConcept concept) {
            return words.name(concept);
        }
        String reference = prescription.getMedicationReference().getReference();
        return printed.medicines()
                .getOrDefault(String.valueOf(reference), words.language().say("nameless"));
    }

    void appointments(Html page) {
        List<Appointment> open = printed.appointments().stream()
                .filter(each ->
                        each.getStatus() == AppointmentStatus.BOOKED || each.getStatus() == AppointmentStatus.PROPOSED)
                .filter(each -> !each.hasStart() || each.getStart().toInstant().isAfter(printed.now()))
                .sorted(Comparator.comparing(WeekTable::begins))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        page.open("div", "class", "part").element("h2", language.say("calls"));
        PageFrame.table(
                page,
                "calls",
                language.say("calls.caption"),
                Stream.of("call", "call.when", "call.how").map(language::say).toList(),
                open.stream().map(this::call).toList());
        page.close();
    }

    private List<String> call(Appointment appointment) {
        String name =
                appointment.hasDescription() ? language.translated(appointment.getDescription()) : language.say("call");
        String when = appointment.getStatus() == AppointmentStatus.BOOKED && appointment.hasStart()
                ? language.say(
                        "call.booked",
                        language.moment(appointment.getStart().toInstant().atZone(printed.zone())))
                : appointment.getRequestedPeriod().stream()
                        .map(period -> language.say("call.proposed", days(period)))
                        .collect(Collectors.joining("; "));
        return List.of(
                name,
                when,
                appointment.hasPatientInstruction() ? language.translated(appointment.getPatientInstruction()) : "");
    }

    private String days(Period period) {
        String from = frame.day(period.getStartElement().getValueAsString());
        return period.hasEnd()
                ? language.say(
                        "period.both", from, frame.day(period.getEndElement().getValueAsString()))
                : language.say("period.from", from);
    }

    private static Instant begins(Appointment appointment) {
        if (appointment.hasStart()) {
            return appointment.getStart().toInstant();
        }
        return appointment.getRequestedPeriod().stream()
                .filter(Period::hasStart)
                .map(period -> period.getStart().toInstant())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }
}
