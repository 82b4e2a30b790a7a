package eu.sinusnode.server.therapy;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.medicine.MedicineProposal;
import eu.sinusnode.therapy.progress.PatientTask;
import eu.sinusnode.therapy.progress.ReportedTraining;
import eu.sinusnode.therapy.progress.SameMeasure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/** Reads what a plan consists of and what was done, by searches. */
record PlanRecordReader(PlanSearch requests) {

    /** Of one code or of all intakes; whoever has more in the time that is looked at has more than any plan asks for. */
    private static final int MOST = 500;

    /** The first LOINC code. */
    static Optional<String> loinc(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(coding -> Codes.LOINC.equals(coding.getSystem()) && coding.hasCode())
                .map(Coding::getCode)
                .findFirst();
    }

    /**
     * @param from the first day of what was done
     * @param begins when it begins
     * @param goalsFrom the first day of what targets are judged by
     */
    PlanRecord read(Past<CarePlan> plan, LocalDate from, Instant begins, LocalDate goalsFrom) {
        String patient = plan.current().getSubject().getReferenceElement().getIdPart();
        List<Reference> activities = newestFirst(plan)
                .flatMap(version -> version.getActivity().stream())
                .filter(CarePlanActivityComponent::hasReference)
                .map(CarePlanActivityComponent::getReference)
                .toList();
        List<Past<ServiceRequest>> orders = past(named(ServiceRequest.class, activities, patient), begins);
        List<Past<MedicationRequest>> prescriptions = past(
                named(MedicationRequest.class, activities, patient).stream()
                        .filter(request -> !MedicineProposal.is(request))
                        .toList(),
                begins);
        List<Goal> goals = named(Goal.class, plan.current().getGoal(), patient);
        Set<String> partly = new HashSet<>();
        Map<String, List<Observation>> observations = new HashMap<>();
        LocalDate first = from.isBefore(goalsFrom) ? from : goalsFrom;
        for (String code : codes(plan, orders, goals)) {
            List<Observation> found = requests.find(
                    Observation.class,
                    "patient=%s&code=%s%%7C%s&status=final,amended,corrected&date=ge%s&_sort=-date&_count=%d"
                            .formatted(patient, Codes.LOINC, code, first, MOST));
            note(found, code, partly);
            observations.put(code, found);
        }
        List<MedicationAdministration> intakes = prescriptions.isEmpty()
                ? List.of()
                : requests.find(
                        MedicationAdministration.class,
                        "patient=%s&status=completed&effective-time=ge%s&_count=%d".formatted(patient, from, MOST));
        note(intakes, PlanRecord.INTAKES, partly);
        List<Past<Task>> tasks = tasks(activities, patient).stream()
                .map(task -> past(task, begins))
                .toList();
        List<String> reminding = Stream.concat(
                        orders.stream()
                                .filter(order -> order.versions().stream().anyMatch(ReportedTraining::isTraining)),
                        tasks.stream())
                .map(asked -> asked.current().fhirType() + "/"
                        + asked.current().getIdElement().getIdPart())
                .toList();
        List<Task> done = noted(done(patient, reminding, from), PlanRecord.REMINDERS, partly);
        List<QuestionnaireResponse> answers =
                tasks.isEmpty() ? List.of() : noted(answers(patient, from), PlanRecord.ANSWERS, partly);
        return new PlanRecord(plan, orders, prescriptions, tasks, goals, observations, intakes, done, answers, partly);
    }

    /** Those of the patient; who may not see Tasks is told of nothing that they ask for. */
    private List<Task> tasks(List<Reference> activities, String patient) {
        String ids = ids(Task.class, activities);
        return ids.isEmpty()
                ? List.of()
                : requests.search(Task.class, "patient=%s&_id=%s&_count=%d".formatted(patient, ids, MOST)).stream()
                        .flatMap(List::stream)
                        .filter(task -> PatientTask.kind(task).isPresent())
                        .toList();
    }

    /** Who may not read what a Task was is not told of it. */
    private Past<Task> past(Task task, Instant begins) {
        try {
            return Past.of(task, requests, begins);
        } catch (ForbiddenOperationException closed) {
            return new Past<>(task, List.of(), false);
        }
    }

    /** Empty for who may not see reminders. */
    private Optional<List<Task>> done(String patient, List<String> reminding, LocalDate from) {
        return reminding.isEmpty()
                ? Optional.of(List.of())
                : requests.search(
                        Task.class,
                        "patient=%s&code=%s%%7C%s&status=completed&focus=%s&authored-on=ge%s&_count=%d"
                                .formatted(
                                        patient,
                                        Canonicals.TASK_CODES,
                                        Codes.THERAPY_REMINDER,
                                        String.join(",", reminding),
                                        from.minusDays(1),
                                        MOST));
    }

    private Optional<List<QuestionnaireResponse>> answers(String patient, LocalDate from) {
        return requests.search(
                QuestionnaireResponse.class, "patient=%s&authored=ge%s&_count=%d".formatted(patient, from, MOST));
    }

    private static <T> List<T> noted(Optional<List<T>> found, String what, Set<String> partly) {
        if (found.isEmpty()) {
            partly.add(what);
            return List.of();
        }
        note(found.get(), what, partly);
        return found.get();
    }

    private static void note(List<?> found, String what, Set<String> partly) {
        if (found.size() >= MOST) {
            partly.add(what);
        }
    }

    private <T extends Resource> List<Past<T>> past(List<T> records, Instant begins) {
        return records.stream().map(record -> Past.of(record, requests, begins)).toList();
    }

    private static Stream<CarePlan> newestFirst(Past<CarePlan> plan) {
        List<CarePlan> versions = new ArrayList<>(plan.versions());
        versions.add(plan.current());
        Collections.reverse(versions);
        return versions.stream();
    }

    private static Set<String> codes(Past<CarePlan> plan, List<Past<ServiceRequest>> orders, List<Goal> goals) {
        Set<String> codes = new LinkedHashSet<>();
        Stream<CodeableConcept> ordered =
                orders.stream().flatMap(order -> order.versions().stream()).map(ServiceRequest::getCode);
        Stream<CodeableConcept> described = newestFirst(plan)
                .flatMap(version -> version.getActivity().stream())
                .filter(CarePlanActivityComponent::hasDetail)
                .map(activity -> activity.getDetail().getCode());
        Stream<CodeableConcept> aimed =
                goals.stream().flatMap(goal -> goal.getTarget().stream()).map(Goal.GoalTargetComponent::getMeasure);
        Stream.of(ordered, described, aimed)
                .flatMap(concepts -> concepts)
                .forEach(concept -> loinc(concept).map(SameMeasure::searchedBy).ifPresent(codes::addAll));
        return codes;
    }

    private <T extends Resource> List<T> named(Class<T> type, List<Reference> references, String patient) {
        String ids = ids(type, references);
        return ids.isEmpty()
                ? List.of()
                : new ArrayList<>(requests.find(type, "patient=%s&_id=%s&_count=%d".formatted(patient, ids, MOST)));
    }

    /** Separated by commas; empty when there are none of the type. */
    private static String ids(Class<? extends Resource> type, List<Reference> references) {
        return references.stream()
                .map(Reference::getReferenceElement)
                .filter(id -> type.getSimpleName().equals(id.getResourceType()))
                .map(IIdType::getIdPart)
                .distinct()
                .collect(Collectors.joining(","));
    }
}
