package eu.sinusnode.analysis.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.analysis.flag.FlagEvents;
import eu.sinusnode.analysis.flag.FlagEvents.Decided;
import eu.sinusnode.analysis.flag.FlagEvents.Due;
import eu.sinusnode.analysis.risk.HomeBloodPressureRule;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.WeightGainRule;
import eu.sinusnode.analysis.watch.ModelWatch.Concluded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ModelWatchTest {

    private static final FlagEvents QUIET = new FlagEvents(List.of(), List.of(), List.of());

    private final RiskModel pressure = new HomeBloodPressureRule();
    private final RiskModel weight = new WeightGainRule();
    private final List<RiskModel> models = List.of(pressure, weight);
    private final Population people = new Population(400);

    private Concluded week(int number, double bias, double share, WatchState before) {
        return people.week(models, Population.end(number), bias, share, QUIET).conclude(before, WatchLimits.STANDARD);
    }

    @Test
    void theFirstWeekIsTheReferenceAndLikeWeeksStayFarBelowTheLimit() {
        Concluded first = week(0, 0, 0, WatchState.EMPTY);
        assertThat(first.weeks().get(0).drift()).hasSize(4).allSatisfy((feature, drift) -> {
            assertThat(drift.psi()).isNull();
            assertThat(drift.referencePatients()).isEqualTo(400);
        });

        WatchState state = first.state();
        for (int number = 1; number < 12; number++) {
            Concluded next = week(number, 0, 0, state);
            state = next.state();
            assertThat(next.weeks()).allSatisfy(week -> assertThat(week.drift())
                    .isNotEmpty()
                    .allSatisfy((feature, drift) -> assertThat(drift.psi()).isBetween(0.0, 0.15)));
        }
        assertThat(state.shadows()).isEmpty();
    }

    @Test
    void cuffsThatTellEightMillimetresTooMuchTakeThePressureRuleFromSightAndNoOther() {
        WatchState reference = week(0, 0, 0, WatchState.EMPTY).state();

        Concluded biased = week(1, 8, 1, reference);

        assertThat(biased.state().shadows())
                .containsOnlyKeys(pressure.identity().label());
        assertThat(biased.state().shadows().values().iterator().next().reasons())
                .anyMatch(reason -> reason.contains("systolic-week-change"))
                .anyMatch(reason -> reason.contains("diastolic-week-change"));
        assertThat(psi(biased, "systolic-week-change"))
                .as("people against themselves")
                .isGreaterThan(3 * psi(biased, "systolic-week-mean"));
    }

    @Test
    void aThirdOfTheCuffsIsEnough() {
        WatchState reference = week(0, 0, 0, WatchState.EMPTY).state();

        assertThat(week(1, 8, 1 / 3.0, reference).state().shadows())
                .containsOnlyKeys(pressure.identity().label());
    }

    @Test
    void aShadowStaysUntilItIsLiftedAndThenLearnsItsReferenceAnew() {
        WatchState reference = week(0, 0, 0, WatchState.EMPTY).state();
        WatchState shadow = week(1, 8, 1, reference).state();
        String label = pressure.identity().label();

        WatchState later = week(2, 0, 0, shadow).state();
        assertThat(later.shadows().get(label)).isEqualTo(shadow.shadows().get(label));

        WatchState lifted = later.lifted(lift(label));
        assertThat(lifted.shadows()).isEmpty();
        assertThat(lifted.reference())
                .doesNotContainKey(label)
                .containsKey(weight.identity().label());
        assertThatThrownBy(() -> lifted.lifted(lift(label))).isInstanceOf(IllegalArgumentException.class);
        assertThat(week(3, 0, 0, lifted).state().shadows()).isEmpty();
    }

    private static Lift lift(String label) {
        return new Lift(label, "2026-11-20T12:00:00Z", "Dr. Anke Vogel", "medical lead", "The cuffs were exchanged.");
    }

    @Test
    void cliniciansWhoDisagreeTakeItFromSight() {
        String label = pressure.identity().label();

        assertThat(exceeded(decided(label, 15, 15, OptionalDouble.empty()))).isEmpty();
        assertThat(exceeded(decided(label, 4, 16, OptionalDouble.empty())))
                .singleElement()
                .satisfies(reason -> assertThat(reason).contains("20 %"));
        assertThat(exceeded(decided(label, 1, 11, OptionalDouble.empty())))
                .as("too few to judge")
                .isEmpty();
        assertThat(exceeded(decided(label, 40, 20, OptionalDouble.of(0.95))))
                .singleElement()
                .satisfies(reason -> assertThat(reason).contains("0.95").contains("0.67"));
        assertThat(exceeded(decided(label, 58, 2, OptionalDouble.of(0.95)))).isEmpty();
    }

    @Test
    void aFloodOfFlagsTakesItFromSight() {
        String label = pressure.identity().label();
        FlagEvents daily = new FlagEvents(Collections.nCopies(1, label), List.of(), List.of());

        ModelWeek week = new Population(120)
                .week(models, Population.end(0), 0, 0, daily)
                .conclude(WatchState.EMPTY, WatchLimits.STANDARD)
                .weeks()
                .get(0);

        assertThat(week.alertsPer100PatientsAndDay()).isEqualTo(100.0 / 7);
        assertThat(WatchLimits.STANDARD.exceeded(week)).singleElement().satisfies(reason -> assertThat(reason)
                .contains("14.3"));
    }

    @Test
    void theShareOfOverdueSignOffsIsToldOfItsOwnModelAndNotOfFew() {
        String label = pressure.identity().label();
        List<Due> due =
                List.of(new Due(label, true), new Due(label, false), new Due(label, false), new Due("other", true));
        FlagEvents events = new FlagEvents(List.of(), List.of(), due);

        assertThat(week(4, events))
                .extracting(ModelWeek::due, ModelWeek::overdue)
                .containsExactly(12, 1 / 3.0);
        assertThat(week(3, events))
                .extracting(ModelWeek::due, ModelWeek::overdue)
                .containsExactly(null, null);
        assertThat(week(1, QUIET))
                .extracting(ModelWeek::due, ModelWeek::overdue)
                .containsExactly(0, null);
    }

    private ModelWeek week(int patients, FlagEvents events) {
        return new Population(patients)
                .week(models, Population.end(0), 0, 0, events)
                .conclude(WatchState.EMPTY, WatchLimits.STANDARD)
                .weeks()
                .get(0);
    }

    @Test
    void fewPeopleAreNotToldOf() {
        ModelWeek week = new Population(9)
                .week(
                        models,
                        Population.end(0),
                        0,
                        0,
                        decided(pressure.identity().label(), 1, 0, OptionalDouble.of(0.9)))
                .conclude(WatchState.EMPTY, WatchLimits.STANDARD)
                .weeks()
                .get(0);

        assertThat(week.patients()).isNull();
        assertThat(week.accepted()).isNull();
        assertThat(week.agreement()).isNull();
        assertThat(week.predicted()).isNull();
        assertThat(week.alertsPer100PatientsAndDay()).isNull();
        assertThat(week.drift()).isEmpty();
    }

    private List<String> exceeded(FlagEvents flags) {
        ModelWeek week = new Population(1)
                .week(models, Population.end(0), 0, 0, flags)
                .conclude(WatchState.EMPTY, WatchLimits.STANDARD)
                .weeks()
                .get(0);
        return WatchLimits.STANDARD.exceeded(week);
    }

    private static FlagEvents decided(String label, int accepted, int overridden, OptionalDouble predicted) {
        List<Decided> decided = new ArrayList<>();
        decided.addAll(Collections.nCopies(accepted, new Decided(label, true, predicted)));
        decided.addAll(Collections.nCopies(overridden, new Decided(label, false, predicted)));
        return new FlagEvents(List.of(), decided, List.of());
    }

    private static double psi(Concluded concluded, String feature) {
        Double psi = Objects.requireNonNull(concluded.weeks().get(0).drift().get(feature))
                .psi();
        return Objects.requireNonNull(psi);
    }
}
