package eu.sinusnode.therapy.print;

import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityKind;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalLifecycleStatus;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.RelatedArtifact;

/** A therapy plan on paper: what for, what to do when, what to take, and when to stop. */
public final class PlanSheet {

    private static final EnumSet<CarePlanActivityStatus> OVER = EnumSet.of(
            CarePlanActivityStatus.CANCELLED,
            CarePlanActivityStatus.STOPPED,
            CarePlanActivityStatus.COMPLETED,
            CarePlanActivityStatus.ENTEREDINERROR);
    private static final EnumSet<GoalLifecycleStatus> GIVEN_UP =
            EnumSet.of(GoalLifecycleStatus.CANCELLED, GoalLifecycleStatus.ENTEREDINERROR, GoalLifecycleStatus.REJECTED);

    private final PrintedPlan printed;
    private final PrintLanguage language;
    private final PageFrame frame;
    private final QuantityWords quantities;

    public PlanSheet(PrintedPlan printed, PrintLanguage language) {
        this.printed = printed;
        this.language = language;
        this.frame = new PageFrame(printed, language);
        this.quantities = new QuantityWords(language);
    }

    /** HTML that is XML, too, without a document type. */
    public String page() {
        Html page = frame.begin(language.say("plan"));
        frame.whose(page);
        frame.emergency(page);
        goals(page);
        new WeekTable(printed, language, details()).write(page);
        new MedicineTable(printed, language).write(page);
        stops(page);
        nutrition(page);
        new CallTable(printed, language).write(page);
        sources(page);
        return frame.end(page);
    }

    /** What a page's one style element holds, for the policy that a browser is told. */
    public static String stylesheet() {
        return PageFrame.SHEET;
    }

    private void goals(Html page) {
        page.element("h2", language.say("goals"));
        List<List<String>> rows = new ArrayList<>();
        for (Goal goal : printed.goals()) {
            if (GIVEN_UP.contains(goal.getLifecycleStatus())) {
                continue;
            }
            String name = quantities.name(goal.getDescription());
            if (goal.getTarget().isEmpty()) {
                rows.add(List.of(name, language.say("goal.words"), ""));
            }
            goal.getTarget().forEach(target -> rows.add(List.of(name, aim(target), due(target))));
        }
        if (rows.isEmpty()) {
            page.element("p", language.say("goals.none"));
            return;
        }
        PageFrame.table(
                page,
                "goals",
                language.say("goals.caption"),
                List.of(language.say("goal"), language.say("goal.target"), language.say("goal.due")),
                rows);
    }

    private String aim(GoalTargetComponent target) {
        String value = quantities.target(target);
        return value.isEmpty()
                ? language.say("goal.words")
                : language.say("goal.aim", quantities.measure(target.getMeasure()), value);
    }

    private String due(GoalTargetComponent target) {
        return target.getDue() instanceof DateType date && date.hasValue()
                ? frame.day(date.getValueAsString())
                : language.say("goal.always");
    }

    private void stops(Html page) {
        page.element("h2", language.say("stops")).element("p", language.say("stops.intro"));
        List<String> rules = details()
                .filter(PlanSheet::isStop)
                .map(CarePlanActivityDetailComponent::getDescription)
                .map(language::translated)
                .toList();
        PageFrame.list(page, rules.isEmpty() ? List.of(language.say("stops.none")) : rules);
        page.element("p", language.say("stops.ask", phone()));
    }

    private String phone() {
        return Optional.ofNullable(printed.contacts().phone()).orElseGet(() -> language.say("phone.unknown"));
    }

    private void nutrition(Html page) {
        List<String> rules = details()
                .filter(detail -> detail.getKind() == CarePlanActivityKind.NUTRITIONORDER)
                .map(CarePlanActivityDetailComponent::getDescription)
                .map(language::translated)
                .toList();
        if (!rules.isEmpty()) {
            page.element("h2", language.say("nutrition"));
            PageFrame.list(page, rules);
        }
    }

    private void sources(Html page) {
        page.element("h2", language.say("sources"));
        Optional<PlanDefinition> programme = printed.programme();
        if (programme.isEmpty()) {
            page.element("p", language.say("sources.none"));
            return;
        }
        page.element(
                "p",
                language.say(
                        "sources.programme",
                        language.translated(programme.get().getTitle()),
                        programme.get().getVersion()));
        PageFrame.list(
                page,
                programme.get().getRelatedArtifact().stream()
                        .filter(RelatedArtifact::hasCitation)
                        .map(source ->
                                source.hasUrl() ? source.getCitation() + " " + source.getUrl() : source.getCitation())
                        .toList());
    }

    /** What the plan describes itself and does not end. */
    private Stream<CarePlanActivityDetailComponent> details() {
        return printed.plan().getActivity().stream()
                .filter(CarePlanActivityComponent::hasDetail)
                .map(CarePlanActivityComponent::getDetail)
                .filter(detail -> detail.hasDescription() || detail.hasCode())
                .filter(detail -> !OVER.contains(detail.getStatus()));
    }

    static boolean isStop(CarePlanActivityDetailComponent detail) {
        return WeekTable.isTask(detail.getCode(), Codes.THERAPY_ALERT);
    }

    /** A rule to keep to, which nobody records as done. */
    public static boolean isRule(CarePlanActivityDetailComponent detail) {
        return isStop(detail) || detail.getKind() == CarePlanActivityKind.NUTRITIONORDER;
    }

    static String description(CarePlanActivityDetailComponent detail, QuantityWords words) {
        CodeableConcept code = detail.getCode();
        return detail.hasDescription() ? words.language().translated(detail.getDescription()) : words.name(code);
    }
}
