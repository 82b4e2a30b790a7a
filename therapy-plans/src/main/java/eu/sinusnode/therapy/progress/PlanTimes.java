package eu.sinusnode.therapy.progress;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.timing.DayRhythm;
import eu.sinusnode.therapy.timing.MomentReader;
import eu.sinusnode.therapy.timing.Recurrence;
import eu.sinusnode.therapy.timing.TimingReader;
import eu.sinusnode.therapy.timing.UnreadableTiming;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * What a plan asked for at each time: by the version of the plan, and of the order or prescription, that held then
 * ({@link HeldVersions}). It is asked for what the plan named, while the plan held, within the period that it said.
 */
public final class PlanTimes {

    private static final int WHOLE_DATE = "2026-01-01".length();

    private final ZoneId zone;
    private final Instant otherwise;
    private final List<Held<CarePlan>> plans;

    /**
     * @param versions of the plan, the oldest first, without gaps
     * @param zone in which the patient's days begin
     * @param otherwise from when times are counted where the plan does not say when it begins
     */
    public PlanTimes(List<CarePlan> versions, ZoneId zone, Instant otherwise) {
        this.zone = zone;
        this.otherwise = otherwise;
        this.plans = HeldVersions.of(versions, Standing::of, zone).stream()
                .flatMap(held -> period(held.content()).together(held, (ignored, plan) -> plan).stream())
                .toList();
    }

    /** @param versions as those of the plan */
    public List<Held<Asked>> order(List<ServiceRequest> versions) {
        return asked(
                versions, Standing::of, (plan, order) -> measurement(plan, order.getCode(), order.getOccurrence()));
    }

    /** @param versions as those of the plan */
    public List<Held<Asked>> prescription(List<MedicationRequest> versions) {
        return asked(versions, Standing::of, this::intakes);
    }

    /** @param versions as those of the plan */
    public List<Held<Asked>> task(List<Task> versions) {
        return asked(versions, Standing::of, (plan, task) -> {
            List<Timing> timings = PatientTask.timings(task).toList();
            return timings.isEmpty()
                    ? new Asked.Unsaid("The plan does not say when.")
                    : due(plan, task.getCode(), timings.stream());
        });
    }

    /** Of what the plan describes itself. */
    public List<Held<Asked>> described(Described which) {
        List<Held<Asked>> asked = new ArrayList<>();
        Standing last = Standing.RESTS;
        boolean known = false;
        for (Held<CarePlan> held : plans) {
            CarePlanActivityDetailComponent detail =
                    Described.of(held.content()).get(which);
            if (detail != null) {
                last = Standing.of(detail);
                if (last == Standing.HOLDS || last == Standing.OVER && !known) {
                    asked.add(new Held<>(
                            measurement(held.content(), detail.getCode(), detail.getScheduled()),
                            held.from(),
                            held.to()));
                }
                known = true;
            }
        }
        return last == Standing.NEVER ? List.of() : asked;
    }

    private interface Asking<T> {
        Asked of(CarePlan plan, T record);
    }

    private <T extends Resource> List<Held<Asked>> asked(
            List<T> versions, Function<T, Standing> standing, Asking<T> asking) {
        if (versions.isEmpty()) {
            return List.of();
        }
        String path = path(versions.get(0));
        List<Held<T>> records = HeldVersions.of(versions, standing, zone);
        return plans.stream()
                .filter(plan -> names(plan.content(), path))
                .flatMap(plan -> records.stream().flatMap(record -> plan.together(record, asking::of).stream()))
                .toList();
    }

    private static String path(Resource record) {
        return record.fhirType() + "/" + record.getIdElement().getIdPart();
    }

    private static boolean names(CarePlan plan, String path) {
        return plan.getActivity().stream()
                .map(CarePlanActivityComponent::getReference)
                .map(reference -> reference.getReferenceElement())
                .anyMatch(id -> path.equals(id.getResourceType() + "/" + id.getIdPart()));
    }

    private Asked measurement(CarePlan plan, CodeableConcept what, @Nullable Type when) {
        boolean isMeasured = what.getCoding().stream()
                .anyMatch(coding -> Codes.LOINC.equals(coding.getSystem()) && coding.hasCode());
        if (!isMeasured) {
            return new Asked.Unsaid("No measurement tells whether it was done.");
        }
        return when instanceof Timing timing
                ? due(plan, what, Stream.of(timing))
                : new Asked.Unsaid("The plan does not say when.");
    }

    private Asked intakes(CarePlan plan, MedicationRequest prescription) {
        List<Dosage> dosages = prescription.getDosageInstruction();
        if (dosages.stream().anyMatch(Dosage::hasAsNeeded)) {
            return new Asked.Unsaid("It is taken as needed; nothing is due.");
        }
        if (dosages.isEmpty() || !dosages.stream().allMatch(Dosage::hasTiming)) {
            return new Asked.Unsaid("The prescription does not say when.");
        }
        CodeableConcept medicine =
                prescription.getMedication() instanceof CodeableConcept concept ? concept : new CodeableConcept();
        return due(plan, medicine, dosages.stream().map(Dosage::getTiming));
    }

    private Asked due(CarePlan plan, CodeableConcept what, Stream<Timing> timings) {
        DateTimeType start = plan.getPeriod().getStartElement();
        Instant begins = start.hasValue() ? new MomentReader(zone).start(start) : otherwise;
        List<Recurrence> due = new ArrayList<>();
        try {
            for (Timing timing : timings.toList()) {
                due.add(new TimingReader(zone, DayRhythm.USUAL).read(timing, begins));
            }
        } catch (UnreadableTiming unreadable) {
            return new Asked.Unsaid(unreadable.sentence());
        }
        return new Asked.Due(what, due);
    }

    private Held<CarePlan> period(CarePlan plan) {
        return new Held<>(
                plan,
                day(plan.getPeriod().getStartElement(), 0).orElse(Instant.MIN),
                day(plan.getPeriod().getEndElement(), 1).orElse(Instant.MAX));
    }

    /** A plan's days are whole ones: the beginning of the written day, so many days later. */
    private Optional<Instant> day(BaseDateTimeType written, int later) {
        String text = written.getValueAsString();
        return text == null || text.length() < WHOLE_DATE
                ? Optional.empty()
                : Optional.of(LocalDate.parse(text.substring(0, WHOLE_DATE))
                        .plusDays(later)
                        .atStartOfDay(zone)
                        .toInstant());
    }
}
