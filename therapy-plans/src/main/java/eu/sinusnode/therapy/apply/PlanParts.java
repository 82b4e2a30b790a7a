package eu.sinusnode.therapy.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Collects what a plan consists of: records of their own, by their part of the plan, and the plan's activities. */
final class PlanParts {

    private final PlanOrder order;
    private final Map<String, Resource> records = new LinkedHashMap<>();
    private final List<CarePlanActivityComponent> activities = new ArrayList<>();

    PlanParts(PlanOrder order) {
        this.order = order;
    }

    /** A record that is an activity of the plan. */
    void add(String part, Resource record) {
        records.put(part, record);
        activities.add(new CarePlanActivityComponent().setReference(reference(part)));
    }

    /** A Goal: the plan names it elsewhere. */
    Reference addGoal(String part, Resource goal) {
        records.put(part, goal);
        return reference(part);
    }

    void activity(CarePlanActivityComponent activity) {
        activities.add(activity);
    }

    Map<String, Resource> records() {
        return records;
    }

    List<CarePlanActivityComponent> activities() {
        return activities;
    }

    /** The parts that an action has become. */
    List<Reference> of(String actionId) {
        return records.keySet().stream()
                .filter(part -> part.equals(actionId) || part.matches(Pattern.quote(actionId) + "-\\d+"))
                .map(this::reference)
                .toList();
    }

    private Reference reference(String part) {
        return new Reference(order.placeholder(part));
    }
}
