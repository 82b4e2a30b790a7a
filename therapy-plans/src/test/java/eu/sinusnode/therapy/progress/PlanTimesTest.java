package eu.sinusnode.therapy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.timing.Timings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityDetailComponent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Timing.UnitsOfTime;
import org.junit.jupiter.api.Test;

/** A plan that began on Monday, 1 June, of a weight once or more a day. */
class PlanTimesTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 6, 1);
    private static final Instant NOW = Timings.local("2026-06-15T00:00");
    private static final String BEGUN = "2026-06-01T00:00";

    private static <T extends Resource> T stored(T record, String when) {
        record.setId(record.fhirType().equals("CarePlan") ? "plan" : "asked");
        record.getMeta().setLastUpdated(Date.from(Timings.local(when)));
        return record;
    }

    private static CarePlan plan(String when, CarePlanStatus status, String... named) {
        CarePlan plan = new CarePlan();
        plan.setStatus(status).getPeriod().getStartElement().setValueAsString("2026-06-01");
        for (String each : named) {
            plan.addActivity().setReference(new Reference(each));
        }
        return stored(plan, when);
    }

    private static CarePlan naming(String when, CarePlanStatus status) {
        return plan(when, status, "ServiceRequest/asked");
    }

    private static Timing aDay(int times) {
        Timing timing = new Timing();
        timing.getRepeat().setFrequency(times).setPeriod(1).setPeriodUnit(UnitsOfTime.D);
        return timing;
    }

    private static CodeableConcept weight() {
        return new CodeableConcept(new Coding(Codes.LOINC, "29463-7", null));
    }

    private static ServiceRequest order(String when, ServiceRequestStatus status, int times) {
        ServiceRequest order = new ServiceRequest();
        order.setStatus(status).setCode(weight()).setOccurrence(aDay(times));
        return stored(order, when);
    }

    private static int planned(List<Held<Asked>> asked, Instant now) {
        List<KeptCounter.Stretch> stretches = asked.stream()
                .filter(held -> held.content() instanceof Asked.Due)
                .map(held ->
                        new KeptCounter.Stretch(held.from(), held.to(), ((Asked.Due) held.content()).due(), List.of()))
                .toList();
        return new KeptCounter(Timings.BERLIN).count(stretches, MONDAY, now).planned();
    }

    private static int planned(List<CarePlan> plans, ServiceRequest... orders) {
        return planned(times(plans).order(List.of(orders)), NOW);
    }

    private static PlanTimes times(List<CarePlan> plans) {
        return new PlanTimes(plans, Timings.BERLIN, Timings.local(BEGUN));
    }

    @Test
    void whatWasStoredLaterThanItBeganHeldFromItsBeginning() {
        assertThat(planned(
                        List.of(naming("2026-06-12T09:00", CarePlanStatus.ACTIVE)),
                        order("2026-06-12T09:00", ServiceRequestStatus.ACTIVE, 1)))
                .isEqualTo(14);
        assertThat(planned(
                        List.of(naming("2026-06-12T09:00", CarePlanStatus.COMPLETED)),
                        order("2026-06-12T09:00", ServiceRequestStatus.ACTIVE, 1)))
                .as("one that was over before it was stored: until then")
                .isEqualTo(12);
    }

    private static Task module(String when, TaskStatus status, Timing timing) {
        Task task = new Task();
        task.setStatus(status)
                .setCode(new CodeableConcept(new Coding(Canonicals.TASK_CODES, "therapy-education", null)));
        if (!timing.isEmpty()) {
            task.addInput().setType(task.getCode()).setValue(timing);
        }
        return stored(task, when);
    }

    private static List<Held<Asked>> asked(Task... versions) {
        return times(List.of(plan(BEGUN, CarePlanStatus.ACTIVE, "Task/asked"))).task(List.of(versions));
    }

    @Test
    void aTaskIsDueByItsTimingWhileItIsOpen() {
        assertThat(planned(asked(module(BEGUN, TaskStatus.REQUESTED, aDay(1))), NOW))
                .isEqualTo(14);
        assertThat(planned(asked(module(BEGUN, TaskStatus.DRAFT, aDay(1))), NOW))
                .isZero();
        assertThat(planned(asked(module(BEGUN, TaskStatus.ENTEREDINERROR, aDay(1))), NOW))
                .isZero();
        assertThat(planned(
                        asked(
                                module(BEGUN, TaskStatus.REQUESTED, aDay(1)),
                                module("2026-06-08T00:00", TaskStatus.COMPLETED, aDay(1))),
                        NOW))
                .as("of a week")
                .isEqualTo(7);
        assertThat(planned(
                        asked(
                                module(BEGUN, TaskStatus.REQUESTED, aDay(1)),
                                module("2026-06-03T00:00", TaskStatus.ONHOLD, aDay(1)),
                                module("2026-06-08T00:00", TaskStatus.INPROGRESS, aDay(1))),
                        NOW))
                .as("not while it was on hold")
                .isEqualTo(9);
    }

    @Test
    void aTaskWithoutATimingIsNotComputable() {
        assertThat(asked(module(BEGUN, TaskStatus.REQUESTED, new Timing())))
                .extracting(Held::content)
                .containsOnly(new Asked.Unsaid("The plan does not say when."));
    }

    @Test
    void anOrderThatIsAdjustedAsksForMoreFromThenOn() {
        assertThat(planned(
                        List.of(naming(BEGUN, CarePlanStatus.ACTIVE)),
                        order(BEGUN, ServiceRequestStatus.ACTIVE, 2),
                        order("2026-06-13T00:00", ServiceRequestStatus.ACTIVE, 3)))
                .isEqualTo(12 * 2 + 2 * 3);
    }

    @Test
    void aDraftAsksForNothingAndNeitherDoesThePlanOnTheDayItWasDrafted() {
        List<CarePlan> plans = List.of(
                naming("2026-06-03T15:00", CarePlanStatus.DRAFT), naming("2026-06-05T00:00", CarePlanStatus.ACTIVE));
        ServiceRequest[] orders = {
            order("2026-06-03T15:00", ServiceRequestStatus.DRAFT, 1),
            order("2026-06-05T00:00", ServiceRequestStatus.ACTIVE, 1)
        };
        assertThat(planned(plans, orders))
                .as("1 and 2 June, which the plan says that it held, and from the fifth on")
                .isEqualTo(2 + 10);
    }

    @Test
    void aPlanThatIsPausedAsksForNothing() {
        assertThat(planned(
                        List.of(
                                naming(BEGUN, CarePlanStatus.ACTIVE),
                                naming("2026-06-04T00:00", CarePlanStatus.ONHOLD),
                                naming("2026-06-09T00:00", CarePlanStatus.ACTIVE)),
                        order(BEGUN, ServiceRequestStatus.ACTIVE, 1)))
                .isEqualTo(3 + 6);
    }

    @Test
    void whatIsAddedOrTakenOutWasAskedForWhileThePlanNamedIt() {
        ServiceRequest order = order(BEGUN, ServiceRequestStatus.ACTIVE, 1);
        CarePlan without = plan(BEGUN, CarePlanStatus.ACTIVE);
        assertThat(planned(List.of(without, naming("2026-06-11T00:00", CarePlanStatus.ACTIVE)), order))
                .as("added on the eleventh")
                .isEqualTo(4);
        assertThat(planned(
                        List.of(naming(BEGUN, CarePlanStatus.ACTIVE), plan("2026-06-11T00:00", CarePlanStatus.ACTIVE)),
                        order))
                .as("taken out on the eleventh")
                .isEqualTo(10);
    }

    @Test
    void whatWasRevokedWasAskedForUntilThenAndWhatWasAnErrorNever() {
        List<CarePlan> plans = List.of(naming(BEGUN, CarePlanStatus.ACTIVE));
        ServiceRequest order = order(BEGUN, ServiceRequestStatus.ACTIVE, 1);
        assertThat(planned(plans, order, order("2026-06-11T00:00", ServiceRequestStatus.REVOKED, 1)))
                .isEqualTo(10);
        assertThat(planned(plans, order, order("2026-06-11T00:00", ServiceRequestStatus.ENTEREDINERROR, 1)))
                .isZero();
    }

    @Test
    void whoSaysLaterThatAPlanBeganOtherwiseChangesNothingOfWhatWas() {
        CarePlan later = naming("2026-06-11T00:00", CarePlanStatus.ACTIVE);
        later.getPeriod().getStartElement().setValueAsString("2026-06-11");
        CarePlan over = naming("2026-06-11T00:00", CarePlanStatus.ACTIVE);
        over.getPeriod().getEndElement().setValueAsString("2026-06-05");
        ServiceRequest order = order(BEGUN, ServiceRequestStatus.ACTIVE, 1);
        assertThat(planned(List.of(naming(BEGUN, CarePlanStatus.ACTIVE), later), order))
                .isEqualTo(14);
        assertThat(planned(List.of(naming(BEGUN, CarePlanStatus.ACTIVE), over), order))
                .isEqualTo(10);
    }

    @Test
    void whatThePlanDescribesIsTheSameByItsName() {
        CarePlan once = described(BEGUN, CarePlanActivityStatus.INPROGRESS, 1);
        CarePlan paused = described("2026-06-04T00:00", CarePlanActivityStatus.ONHOLD, 1);
        CarePlan twice = described("2026-06-09T00:00", CarePlanActivityStatus.INPROGRESS, 2);
        List<Held<Asked>> asked = times(List.of(once, paused, twice)).described(new Described("Weight", 1));
        assertThat(planned(asked, NOW)).isEqualTo(3 + 6 * 2);
        assertThat(times(List.of(once, described("2026-06-04T00:00", CarePlanActivityStatus.ENTEREDINERROR, 1)))
                        .described(new Described("Weight", 1)))
                .isEmpty();
    }

    private static CarePlan described(String when, CarePlanActivityStatus status, int times) {
        CarePlan plan = plan(when, CarePlanStatus.ACTIVE);
        CarePlanActivityDetailComponent detail = plan.addActivity().getDetail();
        detail.setStatus(status).setCode(weight()).setDescription("Weight").setScheduled(aDay(times));
        return plan;
    }

    @Test
    void aPrescriptionThatIsTakenAsNeededNowWasDueBefore() {
        MedicationRequest daily = new MedicationRequest().setStatus(MedicationRequestStatus.ACTIVE);
        daily.addDosageInstruction().setTiming(aDay(1));
        MedicationRequest asNeeded = daily.copy();
        asNeeded.getDosageInstructionFirstRep().setAsNeeded(new org.hl7.fhir.r4.model.BooleanType(true));
        List<Held<Asked>> asked = times(List.of(plan(BEGUN, CarePlanStatus.ACTIVE, "MedicationRequest/asked")))
                .prescription(List.of(stored(daily, BEGUN), stored(asNeeded, "2026-06-11T00:00")));
        assertThat(planned(asked, NOW)).isEqualTo(10);
        assertThat(asked.get(asked.size() - 1).content())
                .isEqualTo(new Asked.Unsaid("It is taken as needed; nothing is due."));
    }

    @Test
    void whatWasProposedIsDueFromWhenItIsPrescribed() {
        MedicationRequest proposed = new MedicationRequest()
                .setStatus(MedicationRequestStatus.ACTIVE)
                .setIntent(MedicationRequestIntent.PROPOSAL);
        proposed.addDosageInstruction().setTiming(aDay(1));
        MedicationRequest prescribed = proposed.copy().setIntent(MedicationRequestIntent.ORDER);
        PlanTimes times = times(List.of(plan(BEGUN, CarePlanStatus.ACTIVE, "MedicationRequest/asked")));
        assertThat(times.prescription(List.of(stored(proposed, BEGUN)))).isEmpty();
        List<Held<Asked>> asked =
                times.prescription(List.of(stored(proposed, BEGUN), stored(prescribed, "2026-06-11T00:00")));
        assertThat(planned(asked, Timings.local("2026-06-11T00:00"))).isZero();
        assertThat(planned(asked, Timings.local("2026-06-13T00:00"))).isEqualTo(2);
    }

    /** Whatever a plan and its order become, what was asked for before then stays what it was. */
    @Property
    void whatIsStoredLaterChangesNothingOfWhatWasAskedForBefore(@ForAll long seed) {
        Random random = new Random(seed);
        List<CarePlan> plans = new java.util.ArrayList<>();
        List<ServiceRequest> orders = new java.util.ArrayList<>();
        plans.add(naming(BEGUN, CarePlanStatus.ACTIVE));
        orders.add(order(BEGUN, ServiceRequestStatus.ACTIVE, 2));
        int before = 0;
        for (int day = 2; day <= 14; day++) {
            String when = LocalDate.of(2026, 6, day) + "T00:00";
            Instant midnight = Timings.local(when);
            before = planned(times(plans).order(orders), midnight);
            if (random.nextBoolean()) {
                CarePlanStatus status = CarePlanStatus.values()[random.nextInt(4)];
                plans.add(random.nextBoolean() ? naming(when, status) : plan(when, status));
            }
            if (random.nextBoolean()) {
                ServiceRequestStatus status = ServiceRequestStatus.values()[random.nextInt(5)];
                orders.add(order(when, status, 1 + random.nextInt(5)));
            }
            assertThat(planned(times(plans).order(orders), midnight)).isEqualTo(before);
        }
        assertThat(before).isPositive();
    }
}
