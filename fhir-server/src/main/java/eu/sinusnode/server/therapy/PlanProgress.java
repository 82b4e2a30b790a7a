package eu.sinusnode.server.therapy;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.progress.Asked;
import eu.sinusnode.therapy.progress.Described;
import eu.sinusnode.therapy.progress.DoneReminder;
import eu.sinusnode.therapy.progress.Held;
import eu.sinusnode.therapy.progress.Kept;
import eu.sinusnode.therapy.progress.KeptCounter;
import eu.sinusnode.therapy.progress.KeptCounter.Stretch;
import eu.sinusnode.therapy.progress.Measured;
import eu.sinusnode.therapy.progress.Measured.Source;
import eu.sinusnode.therapy.progress.PatientTask;
import eu.sinusnode.therapy.progress.PlanTimes;
import eu.sinusnode.therapy.progress.ReportedTraining;
import eu.sinusnode.therapy.progress.SameMeasure;
import eu.sinusnode.therapy.progress.SmokingJudge;
import eu.sinusnode.therapy.progress.SmokingJudge.Stated;
import eu.sinusnode.therapy.progress.TargetJudge;
import eu.sinusnode.therapy.progress.TargetProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;

/** Computes what was kept of what a plan asked for at the time, and which targets are reached. */
final class PlanProgress {

    private static final String UCUM = "http://unitsofmeasure.org";

    static final String MEASUREMENT = "measurement";
    static final String MEDICATION = "medication";

    private final PlanRecord record;
    private final ZoneId zone;
    private final LocalDate from;
    private final Instant until;
    private final Instant now;
    private final PlanTimes times;

    /** Whether an activity was kept, or why that is not known. */
    sealed interface ActivityProgress {

        /** What the activity is called. */
        String name();

        /** {@code Type/id} of the record that asks for it; empty when the plan only describes it. */
        String source();

        /** @param kind {@code measurement}, {@code medication}, {@code education} or {@code questionnaire} */
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
        this.times = new PlanTimes(
                record.plan().versions(), zone, from.atStartOfDay(zone).toInstant());
    }

    /** Of each activity that the plan describes or refers to, or did on one of the days, and that may be seen. */
    List<ActivityProgress> activities() {
        Set<Described> described =
                new LinkedHashSet<>(Described.of(record.plan().current()).keySet());
        Stream<ActivityProgress> now = Stream.of(
                        described.stream().map(this::described),
                        record.orders().stream().filter(this::isNamed).map(this::ordered),
                        record.prescriptions().stream().filter(this::isNamed).map(this::prescribed),
                        record.tasks().stream().filter(this::isNamed).map(this::toDo))
                .flatMap(each -> each);
        Stream<ActivityProgress> before = Stream.of(
                        record.plan().versions().stream()
                                .flatMap(version -> Described.of(version).keySet().stream())
                                .distinct()
                                .filter(each -> !described.contains(each))
                                .map(this::described),
                        record.orders().stream()
                                .filter(order -> !isNamed(order))
                                .map(this::ordered),
                        record.prescriptions().stream()
                                .filter(prescription -> !isNamed(prescription))
                                .map(this::prescribed),
                        record.tasks().stream().filter(task -> !isNamed(task)).map(this::toDo))
                .flatMap(each -> each)
                .filter(each -> each instanceof ActivityProgress.Counted counted
                        && counted.kept().planned() > 0);
        return Stream.concat(now, before).toList();
    }

    private boolean isNamed(Past<?> asked) {
        String path = path(asked.current());
        return record.plan().current().getActivity().stream()
                .map(activity -> activity.getReference().getReferenceElement())
                .anyMatch(id -> path.equals(id.getResourceType() + "/" + id.getIdPart()));
    }

    private static String path(Resource record) {
        return record.fhirType() + "/" + record.getIdElement().getIdPart();
    }

    private ActivityProgress described(Described which) {
        return counted("", which.name(), MEASUREMENT, true, times.described(which), this::measured);
    }

    private ActivityProgress ordered(Past<ServiceRequest> order) {
        return counted(
                path(order.current()),
                Described.name(order.current().getCode()),
                MEASUREMENT,
                order.complete(),
                times.order(order.versions()),
                this::measured);
    }

    private ActivityProgress prescribed(Past<MedicationRequest> prescription) {
        MedicationRequest current = prescription.current();
        String source = path(current);
        Done taken = record.partly().contains(PlanRecord.INTAKES)
                ? new Done.Unknown("There are too many intakes to count.")
                : new Done.At(record.intakes().stream()
                        .filter(intake -> source.equals("MedicationRequest/"
                                + intake.getRequest().getReferenceElement().getIdPart()))
                        .map(MedicationAdministration::getEffective)
                        .flatMap(this::instant)
                        .toList());
        return counted(
                source,
                Described.name(
                        current.getMedication() instanceof CodeableConcept concept ? concept : new CodeableConcept()),
                MEDICATION,
                prescription.complete(),
                times.prescription(prescription.versions()),
                medicine -> taken);
    }

    /** A module or a questionnaire, by its answers and by reminders of it that were answered by "done". */
    private ActivityProgress toDo(Past<Task> task) {
        Task current = task.current();
        Done done = record.partly().contains(PlanRecord.REMINDERS)
                        || record.partly().contains(PlanRecord.ANSWERS)
                ? new Done.Unknown("Not all that was answered can be read.")
                : new Done.At(answered(task));
        return counted(
                path(current),
                PatientTask.name(current),
                PatientTask.kind(current).orElseThrow(),
                task.complete(),
                times.task(task.versions()),
                what -> done);
    }

    /** Answers to a questionnaire, and reminders on days without such. */
    private List<Instant> answered(Past<Task> task) {
        String plan = record.plan().current().getIdElement().getIdPart();
        List<Instant> answers = record.answers().stream()
                .filter(each -> PatientTask.isAnsweredBy(task.current(), each) && each.hasAuthored())
                .map(each -> each.getAuthored().toInstant())
                .toList();
        List<Instant> reported = record.done().stream()
                .flatMap(answer -> DoneReminder.of(answer, plan).stream())
                .filter(done -> done.record().equals(path(task.current())))
                .map(DoneReminder::planned)
                .toList();
        return Stream.concat(answers.stream(), DoneReminder.onOtherDays(reported, at -> at, answers, zone).stream())
                .toList();
    }

    /** When something was done, or why that is not known. */
    private sealed interface Done {
        record At(List<Instant> done) implements Done {}

        record Unknown(String because) implements Done {}
    }

    private Done measured(CodeableConcept what) {
        String code = PlanRecordReader.loinc(what)
                .orElseThrow(() -> new IllegalStateException("Nothing is due that no measurement tells."));
        return record.isTooMany(code)
                ? new Done.Unknown("There are too many measurements to count.")
                : new Done.At(record.measured(code)
                        .map(Observation::getEffective)
                        .flatMap(this::instant)
                        .toList());
    }

    /** Of what cannot be said when it was asked for nothing is counted, as long as of other days of the same it can. */
    private ActivityProgress counted(
            String source,
            String name,
            String kind,
            boolean complete,
            List<Held<Asked>> asked,
            Function<CodeableConcept, Done> done) {
        if (!complete || !record.plan().complete()) {
            return new ActivityProgress.NotComputable(
                    name, source, "Not all that was planned on these days is open to you.");
        }
        List<Stretch> stretches = new ArrayList<>();
        List<Instant> all = new ArrayList<>();
        Optional<String> because = Optional.empty();
        for (Held<Asked> held : inTheseDays(asked)) {
            if (held.content() instanceof Asked.Unsaid unsaid) {
                because = Optional.of(unsaid.because());
            } else if (held.content() instanceof Asked.Due due) {
                Done when = done.apply(due.what());
                if (when instanceof Done.Unknown unknown) {
                    because = Optional.of(unknown.because());
                } else if (when instanceof Done.At at) {
                    stretches.add(new Stretch(held.from(), held.to(), due.due(), at.done()));
                    all.addAll(at.done());
                }
            }
        }
        if (stretches.isEmpty() && because.isPresent()) {
            return new ActivityProgress.NotComputable(name, source, because.get());
        }
        Kept kept = new KeptCounter(zone).count(stretches, from, until);
        // Nothing at all may be nothing done, or nothing that the caller may see.
        return kept.planned() > 0 && all.isEmpty()
                ? new ActivityProgress.NotComputable(name, source, "Nothing that you may see was recorded.")
                : new ActivityProgress.Counted(name, source, kind, kept);
    }

    /** Where nothing was asked for in these days, what was asked for last says why. */
    private List<Held<Asked>> inTheseDays(List<Held<Asked>> asked) {
        Instant begin = from.atStartOfDay(zone).toInstant();
        List<Held<Asked>> within =
                asked.stream().filter(held -> held.isWithin(begin, until)).toList();
        return within.isEmpty() && !asked.isEmpty() ? asked.subList(asked.size() - 1, asked.size()) : within;
    }

    /** Of one target of a Goal. */
    TargetProgress target(GoalTargetComponent target) {
        Optional<String> code = PlanRecordReader.loinc(target.getMeasure());
        if (code.isEmpty()) {
            return new TargetProgress.NotComputable("The target names no measure in LOINC.");
        }
        if (record.isTooMany(code.get())) {
            return new TargetProgress.NotComputable("There are too many measurements to count.");
        }
        if (target.getDetail() instanceof CodeableConcept wanted && Codes.SMOKING_STATUS.equals(code.get())) {
            return SmokingJudge.judge(
                    wanted, record.measured(code.get()).flatMap(this::stated).toList(), now);
        }
        Stream<Measured> measured = record.measured(code.get()).flatMap(observation -> values(observation, code.get()));
        if (!Codes.EXERCISE_DURATION.equals(code.get())) {
            return TargetJudge.judge(target, measured.toList(), now);
        }
        if (record.partly().contains(PlanRecord.REMINDERS)) {
            return new TargetProgress.NotComputable("Not all that was answered can be read.");
        }
        Stream<Measured> reported = reportedTraining().stream().map(ReportedMinutes::minutes);
        return TargetJudge.judge(target, Stream.concat(measured, reported).toList(), now);
    }

    /** Minutes of training by an answer to a reminder. */
    record ReportedMinutes(Task answer, Measured minutes) {}

    /** Of days of which no minutes were measured. */
    List<ReportedMinutes> reportedTraining() {
        String plan = record.plan().current().getIdElement().getIdPart();
        List<Instant> recorded = record.measured(Codes.EXERCISE_DURATION)
                .flatMap(observation -> values(observation, Codes.EXERCISE_DURATION))
                .map(Measured::at)
                .toList();
        List<ReportedMinutes> reported = record.done().stream()
                .flatMap(answer -> DoneReminder.of(answer, plan).stream()
                        .flatMap(done -> minutes(done).stream())
                        .map(minutes -> new ReportedMinutes(answer, minutes)))
                .toList();
        return DoneReminder.onOtherDays(reported, each -> each.minutes().at(), recorded, zone);
    }

    private Optional<Measured> minutes(DoneReminder done) {
        return record.orders().stream()
                .filter(order -> order.complete() && done.record().equals(path(order.current())))
                .findFirst()
                .flatMap(order -> ReportedTraining.minutes(done, order.versions()));
    }

    private Stream<Stated> stated(Observation observation) {
        return observation.getValue() instanceof CodeableConcept value
                ? instant(observation.getEffective()).map(at -> new Stated(at, value))
                : Stream.of();
    }

    private Stream<Measured> values(Observation observation, String measure) {
        return SameMeasure.codes(measure).stream()
                .filter(code -> isOf(observation.getCode(), code)
                        || observation.getComponent().stream().anyMatch(part -> isOf(part.getCode(), code)))
                .findFirst()
                .map(code -> valuesOf(observation, code))
                .orElseGet(Stream::of);
    }

    private Stream<Measured> valuesOf(Observation observation, String code) {
        boolean laboratory = SameMeasure.isLaboratory(code)
                || observation.getCategory().stream()
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
                                code,
                                value.getValue(),
                                UCUM.equals(value.getSystem()) ? String.valueOf(value.getCode()) : "",
                                span(observation.getEffective()),
                                laboratory ? Source.LABORATORY : Source.RECORDED)));
    }

    private static Duration span(Type effective) {
        return effective instanceof Period period
                        && period.getStartElement().hasTime()
                        && period.getEndElement().hasTime()
                ? Duration.between(
                        period.getStart().toInstant(), period.getEnd().toInstant())
                : Duration.ZERO;
    }

    private static boolean isOf(CodeableConcept concept, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> Codes.LOINC.equals(coding.getSystem()) && code.equals(coding.getCode()));
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
