package eu.sinusnode.server.therapy;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.progress.Kept;
import eu.sinusnode.therapy.progress.KeptCounter;
import eu.sinusnode.therapy.progress.Measured;
import eu.sinusnode.therapy.progress.TargetJudge;
import eu.sinusnode.therapy.progress.TargetProgress;
import eu.sinusnode.therapy.timing.DayRhythm;
import eu.sinusnode.therapy.timing.Recurrence;
import eu.sinusnode.therapy.timing.TimingReader;
import eu.sinusnode.therapy.timing.UnreadableTiming;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;

/** Computes what of a plan was kept and which targets are reached. */
final class PlanProgress {

    private static final String UCUM = "http://unitsofmeasure.org";

    private final PlanRecord record;
    private final ZoneId zone;
    private final LocalDate from;
    private final Instant until;
    private final Instant now;

    /** Whether an activity was kept, or why that is not known. */
    sealed interface ActivityProgress {

        /** What the activity is called. */
        String name();

        /** {@code Type/id} of the record that asks for it; empty when the plan only describes it. */
        String source();

        /** @param kind {@code measurement} or {@code medication} */
        record Counted(String name, String source, String kind, Kept kept) implements ActivityProgress {}

        record NotComputable(String name, String source, String because) implements ActivityProgress {}
    }

    /**
     * @param from the first day that counts
     * @param until what is due later, or can still be kept, does not count
     * @param now when targets are judged
     */
    PlanProgress(PlanRecord record, ZoneId zone, LocalDate from, Instant until, Instant now) {
        this.record = record;
        this.zone = zone;
        this.from = from;
        this.until = until;
        this.now = now;
    }

    /** Of each activity that the plan describes or refers to, and that may be seen. */
    List<ActivityProgress> activities() {
        Stream<ActivityProgress> described = record.plan().getActivity().stream()
                .filter(CarePlanActivityComponent::hasDetail)
                .map(CarePlanActivityComponent::getDetail)
                .map(this::described);
        return Stream.of(
                        described,
                        record.orders().stream().map(this::ordered),
                        record.prescriptions().stream().map(this::prescribed))
                .flatMap(each -> each)
                .toList();
    }

    private ActivityProgress described(CarePlanActivityDetailComponent detail) {
        return measured(
                "",
                detail.hasDescription() ? detail.getDescription() : name(detail.getCode()),
                detail.getCode(),
                detail.getScheduled());
    }

    private ActivityProgress ordered(ServiceRequest order) {
        return measured(
                "ServiceRequest/" + order.getIdElement().getIdPart(),
                name(order.getCode()),
                order.getCode(),
                order.getOccurrence());
    }

    private ActivityProgress measured(String source, String name, CodeableConcept code, Type schedule) {
        Optional<String> loinc = PlanRecordReader.loinc(code).map(PlanRecordReader::searchedBy);
        if (loinc.isEmpty()) {
            return new ActivityProgress.NotComputable(name, source, "No measurement tells whether it was done.");
        }
        if (!(schedule instanceof Timing timing)) {
            return new ActivityProgress.NotComputable(name, source, "The plan does not say when.");
        }
        if (record.tooMany().contains(loinc.get())) {
            return new ActivityProgress.NotComputable(name, source, "There are too many measurements to count.");
        }
        List<Instant> done = record.observations().getOrDefault(loinc.get(), List.of()).stream()
                .map(Observation::getEffective)
                .flatMap(this::instant)
                .toList();
        return counted(name, source, "measurement", List.of(timing), done);
    }

    private ActivityProgress prescribed(MedicationRequest prescription) {
        String name =
                name(prescription.getMedication() instanceof CodeableConcept concept ? concept : new CodeableConcept());
        String source = "MedicationRequest/" + prescription.getIdElement().getIdPart();
        List<Dosage> dosages = prescription.getDosageInstruction();
        if (dosages.stream().anyMatch(Dosage::hasAsNeeded)) {
            return new ActivityProgress.NotComputable(name, source, "It is taken as needed; nothing is due.");
        }
        if (dosages.isEmpty() || !dosages.stream().allMatch(Dosage::hasTiming)) {
            return new ActivityProgress.NotComputable(name, source, "The prescription does not say when.");
        }
        if (record.tooMany().contains(PlanRecord.INTAKES)) {
            return new ActivityProgress.NotComputable(name, source, "There are too many intakes to count.");
        }
        List<Instant> taken = record.intakes().stream()
                .filter(intake -> prescription
                        .getIdElement()
                        .getIdPart()
                        .equals(intake.getRequest().getReferenceElement().getIdPart()))
                .map(MedicationAdministration::getEffective)
                .flatMap(this::instant)
                .toList();
        return counted(
                name,
                source,
                "medication",
                dosages.stream().map(Dosage::getTiming).toList(),
                taken);
    }

    private ActivityProgress counted(
            String name, String source, String kind, List<Timing> timings, List<Instant> done) {
        Instant begins = record.plan().getPeriod().getStartElement().isEmpty()
                ? from.atStartOfDay(zone).toInstant()
                : start(record.plan().getPeriod().getStartElement());
        List<Recurrence> due = new ArrayList<>();
        try {
            for (Timing timing : timings) {
                due.add(new TimingReader(zone, DayRhythm.USUAL).read(timing, begins));
            }
        } catch (UnreadableTiming unreadable) {
            return new ActivityProgress.NotComputable(name, source, unreadable.sentence());
        }
        Kept kept = new KeptCounter(zone).count(due, from, until, done);
        // Nothing at all may be nothing done, or nothing that the caller may see.
        return kept.planned() > 0 && done.isEmpty()
                ? new ActivityProgress.NotComputable(name, source, "Nothing that you may see was recorded.")
                : new ActivityProgress.Counted(name, source, kind, kept);
    }

    /** Of one target of a Goal. */
    TargetProgress target(GoalTargetComponent target) {
        Optional<String> code = PlanRecordReader.loinc(target.getMeasure());
        if (code.isEmpty()) {
            return new TargetProgress.NotComputable("The target names no measure in LOINC.");
        }
        String searchedBy = PlanRecordReader.searchedBy(code.get());
        if (record.tooMany().contains(searchedBy)) {
            return new TargetProgress.NotComputable("There are too many measurements to count.");
        }
        List<Measured> measured = record.observations().getOrDefault(searchedBy, List.of()).stream()
                .flatMap(observation -> values(observation, code.get()))
                .toList();
        return TargetJudge.judge(target, measured, now);
    }

    private Stream<Measured> values(Observation observation, String code) {
        boolean laboratory = observation.getCategory().stream()
                .flatMap(category -> category.getCoding().stream())
                .anyMatch(coding -> "laboratory".equals(coding.getCode()));
        Stream<Type> values = isOf(observation.getCode(), code)
                ? Stream.of(observation.getValue())
                : observation.getComponent().stream()
                        .filter(component -> isOf(component.getCode(), code))
                        .map(ObservationComponentComponent::getValue);
        return values.filter(Quantity.class::isInstance)
                .map(Quantity.class::cast)
                .filter(value -> value.hasValue() && !value.hasComparator())
                .flatMap(value -> instant(observation.getEffective())
                        .map(at -> new Measured(
                                at,
                                value.getValue().doubleValue(),
                                UCUM.equals(value.getSystem()) ? String.valueOf(value.getCode()) : "",
                                laboratory)));
    }

    private static boolean isOf(CodeableConcept concept, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> Codes.LOINC.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }

    private static String name(CodeableConcept concept) {
        return concept.hasText()
                ? concept.getText()
                : concept.getCoding().stream()
                        .filter(Coding::hasDisplay)
                        .map(Coding::getDisplay)
                        .findFirst()
                        .orElseGet(() -> concept.getCodingFirstRep().hasCode()
                                ? concept.getCodingFirstRep().getCode()
                                : "without a name");
    }

    /** When something was done or measured; of a period its start. */
    Stream<Instant> instant(Type effective) {
        if (effective instanceof DateTimeType at && at.hasValue()) {
            return Stream.of(start(at));
        }
        return effective instanceof Period period && period.hasStart()
                ? Stream.of(start(period.getStartElement()))
                : Stream.of();
    }

    /** Of a date its first instant, in the patient's zone. */
    private Instant start(BaseDateTimeType written) {
        return written.hasTime()
                ? written.getValue().toInstant()
                : LocalDate.of(
                                written.getYear(),
                                written.getMonth() == null ? 1 : written.getMonth() + 1,
                                written.getDay() == null ? 1 : written.getDay())
                        .atStartOfDay(zone)
                        .toInstant();
    }
}
