package eu.sinusnode.server.therapy;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.storage.Zone;
import eu.sinusnode.server.therapy.PlanProgress.ActivityProgress;
import eu.sinusnode.therapy.progress.Kept;
import eu.sinusnode.therapy.progress.TargetJudge;
import eu.sinusnode.therapy.progress.TargetProgress;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Type;

/**
 * The figures of one plan.
 *
 * @param from the first day that counts
 * @param last the first that does not
 */
record AdherenceOfPlan(PlanRecord record, PlanProgress progress, LocalDate from, LocalDate last, Instant now) {

    private static final String UCUM = "http://unitsofmeasure.org";
    private static final String ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    private static final String MINUTES_A_WEEK = "min/wk";
    private static final int HUNDRED = 100;

    List<Resource> records() {
        List<Resource> all = new ArrayList<>();
        for (ActivityProgress each : progress.activities()) {
            if (each.source().startsWith("MedicationRequest/")) {
                medication(each, all);
            } else if (each.source().startsWith("ServiceRequest/")) {
                all.add(measurement(each));
            }
        }
        List<TargetProgress> judged = new ArrayList<>();
        for (Goal goal : record.goals()) {
            goal.getTarget().forEach(target -> {
                TargetProgress each = progress.target(target);
                judged.add(each);
                if (isInMinutes(target.getDetail())) {
                    training(goal, target, each, all);
                }
            });
        }
        if (!judged.isEmpty()) {
            targets(judged, all);
        }
        return all;
    }

    /** R4 has no element in an Observation that names intakes as its source. */
    private void medication(ActivityProgress each, List<Resource> all) {
        AdherenceSources sources = AdherenceSources.of(
                asked(record.prescriptions(), each),
                record.intakes().stream().filter(intake -> each.source()
                        .equals("MedicationRequest/"
                                + intake.getRequest().getReferenceElement().getIdPart())),
                intake -> at(intake.getEffective(), from));
        Observation observation = observation(Codes.DAYS_COVERED, each.source(), each.name());
        observation.addBasedOn(new Reference(each.source()));
        sources.label(observation);
        all.add(value(observation, each, Kept::coveredDays, Kept::days));
        if (observation.hasValue()) {
            all.add(sources.provenance(observation, now));
        }
    }

    private Observation measurement(ActivityProgress each) {
        List<ServiceRequest> orders = asked(record.orders(), each);
        AdherenceSources sources = AdherenceSources.of(
                orders,
                orders.stream().flatMap(order -> measured(order.getCode())),
                measured -> at(measured.getEffective(), from));
        Observation observation = observation(Codes.MEASUREMENTS_KEPT, each.source(), each.name());
        observation.addBasedOn(new Reference(each.source()));
        sources.label(observation);
        value(observation, each, Kept::kept, Kept::planned);
        return named(observation, sources);
    }

    /** In all versions that held. */
    private static <T extends Resource> List<T> asked(List<Past<T>> records, ActivityProgress each) {
        return records.stream()
                .filter(asked -> each.source()
                        .endsWith("/" + asked.current().getIdElement().getIdPart()))
                .flatMap(asked -> asked.versions().stream())
                .toList();
    }

    private static Observation value(
            Observation observation, ActivityProgress each, ToIntFunction<Kept> some, ToIntFunction<Kept> all) {
        if (each instanceof ActivityProgress.NotComputable unknown) {
            return absent(observation, unknown.because());
        }
        Kept kept = ((ActivityProgress.Counted) each).kept();
        return kept.planned() == 0
                ? absent(observation, "Nothing was due yet.")
                : observation.setValue(percent(some.applyAsInt(kept), all.applyAsInt(kept)));
    }

    /** R4 has no element in an Observation that names the answers of a patient as its source. */
    private void training(Goal goal, GoalTargetComponent target, TargetProgress judged, List<Resource> all) {
        String source = "Goal/" + goal.getIdElement().getIdPart();
        LocalDate first = last.minusDays(TargetJudge.DAYS);
        AdherenceSources measured = AdherenceSources.of(
                List.of(goal), measured(target.getMeasure()), each -> at(each.getEffective(), first));
        AdherenceSources reported = reported(Stream.of(target));
        Observation observation = observation(
                Codes.TRAINING_MINUTES,
                source + "|" + goal.getTarget().indexOf(target),
                goal.getDescription().getText());
        observation.addFocus(new Reference(source));
        measured.label(observation);
        reported.label(observation);
        if (judged instanceof TargetProgress.Judged known) {
            observation.setValue(quantity(known.shown(), MINUTES_A_WEEK));
            if (known.reported().signum() > 0) {
                observation
                        .addComponent()
                        .setCode(new CodeableConcept(
                                new Coding(Canonicals.OBSERVATION_CODES, Codes.REPORTED_TRAINING_MINUTES, null)))
                        .setValue(quantity(known.reportedShown(), MINUTES_A_WEEK));
            }
        } else if (judged instanceof TargetProgress.NotComputable unknown) {
            absent(observation, unknown.because());
        }
        all.add(named(observation, measured));
        if (observation.hasComponent()) {
            all.add(reported.provenance(observation, now));
        }
    }

    /** Answers of the patient that targets in minutes are judged by. */
    private AdherenceSources reported(Stream<GoalTargetComponent> targets) {
        Instant begin =
                last.minusDays(TargetJudge.DAYS).atStartOfDay(Zone.OF_DATES).toInstant();
        boolean inMinutes = targets.anyMatch(target -> isInMinutes(target.getDetail())
                && PlanRecordReader.loinc(target.getMeasure())
                        .filter(Codes.EXERCISE_DURATION::equals)
                        .isPresent());
        Stream<Task> answers = inMinutes
                ? progress.reportedTraining().stream()
                        .filter(each -> !each.minutes().at().isBefore(begin))
                        .map(PlanProgress.ReportedMinutes::answer)
                : Stream.of();
        return AdherenceSources.of(
                List.of(), answers, answer -> Optional.of(answer.getAuthoredOn().toInstant()));
    }

    private void targets(List<TargetProgress> judged, List<Resource> all) {
        AdherenceSources sources = AdherenceSources.of(
                record.goals(),
                record.goals().stream()
                        .flatMap(goal -> goal.getTarget().stream())
                        .flatMap(target -> measured(target.getMeasure())),
                measured -> at(measured.getEffective(), last.minusDays(TargetJudge.LABORATORY_DAYS)));
        Observation observation = observation(Codes.TARGETS_REACHED, "", "Targets reached");
        record.goals()
                .forEach(goal -> observation.addFocus(
                        new Reference("Goal/" + goal.getIdElement().getIdPart())));
        sources.label(observation);
        AdherenceSources reported = reported(record.goals().stream().flatMap(goal -> goal.getTarget().stream()));
        reported.label(observation);
        List<Boolean> known =
                judged.stream().flatMap(each -> each.isReached().stream()).toList();
        if (known.size() < judged.size()) {
            all.add(absent(
                    observation, judged.size() - known.size() + " of " + judged.size() + " targets cannot be judged."));
            return;
        }
        long some = known.stream().filter(reached -> reached).count();
        observation.setValue(percent((int) some, known.size()));
        all.add(named(observation, sources));
        if (!reported.done().isEmpty()) {
            all.add(reported.provenance(observation, now));
        }
    }

    /** What is not known was computed of nothing. */
    private static Observation named(Observation observation, AdherenceSources sources) {
        if (observation.hasValue()) {
            sources.references().forEach(observation::addDerivedFrom);
        }
        return observation;
    }

    private Stream<Observation> measured(CodeableConcept code) {
        return PlanRecordReader.loinc(code).map(record::measured).orElseGet(Stream::of);
    }

    /** When something was done on the days from {@code first} on that count; empty on other days. */
    private Optional<Instant> at(Type effective, LocalDate first) {
        Instant begin = first.atStartOfDay(Zone.OF_DATES).toInstant();
        Instant end = last.atStartOfDay(Zone.OF_DATES).toInstant();
        return progress.instant(effective)
                .filter(at -> !at.isBefore(begin) && at.isBefore(end))
                .findFirst();
    }

    private static boolean isInMinutes(Type detail) {
        if (detail instanceof Range range) {
            return isInMinutes(range.getLow()) || isInMinutes(range.getHigh());
        }
        return detail instanceof Quantity quantity && MINUTES_A_WEEK.equals(quantity.getCode());
    }

    private Observation observation(String code, String source, String name) {
        CarePlan plan = record.plan().current();
        String plans = plan.getIdElement().getIdPart();
        String id = plans + "|" + code + "|" + source + "|" + last;
        Observation observation = new Observation();
        observation.setId(new IdType(
                "Observation",
                UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString()));
        observation.setStatus(ObservationStatus.FINAL);
        observation.addCategory(new CodeableConcept(new Coding(Codes.OBSERVATION_CATEGORY, "therapy", null)));
        observation.setCode(new CodeableConcept(new Coding(Canonicals.OBSERVATION_CODES, code, null)).setText(name));
        observation.setSubject(plan.getSubject().copy());
        observation.addBasedOn(new Reference("CarePlan/" + plans));
        observation.setEffective(new Period()
                .setStartElement(new DateTimeType(from.toString()))
                .setEndElement(new DateTimeType(last.minusDays(1).toString())));
        return observation.setIssued(Date.from(now));
    }

    private static Observation absent(Observation observation, String because) {
        observation.setDataAbsentReason(new CodeableConcept(new Coding(ABSENT, "unknown", null)).setText(because));
        return observation;
    }

    private static Quantity percent(int some, int all) {
        return quantity(
                BigDecimal.valueOf(HUNDRED)
                        .multiply(BigDecimal.valueOf(some))
                        .divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP),
                "%");
    }

    private static Quantity quantity(BigDecimal value, String unit) {
        Quantity quantity = new Quantity();
        quantity.setValue(value).setUnit(unit);
        quantity.setSystem(UCUM).setCode(unit);
        return quantity;
    }
}
