package eu.sinusnode.therapy.print;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.ParameterComponent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** What is done in a week, group by group. */
final class WeekTable {

    private static final String TRAINING = "229065009";
    private static final EnumSet<ServiceRequestStatus> ORDERED =
            EnumSet.of(ServiceRequestStatus.ACTIVE, ServiceRequestStatus.DRAFT, ServiceRequestStatus.ONHOLD);
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
    private final QuantityWords words;
    private final TimingWords timings;

    WeekTable(PrintedPlan printed, PrintLanguage language, Stream<CarePlanActivityDetailComponent> details) {
        this.printed = printed;
        this.language = language;
        this.details = details.filter(detail -> !PlanSheet.isRule(detail)).toList();
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

    private List<String> row(String name, Type timing, @Nullable String how) {
        String takes = timings.duration(timing);
        String often = timing instanceof StringType ? language.say("often.once") : timings.howOften(timing);
        return List.of(
                name,
                takes.isEmpty() ? often : language.say("often.takes", often, takes),
                timings.when(timing),
                how == null ? "" : language.translated(how));
    }
}
