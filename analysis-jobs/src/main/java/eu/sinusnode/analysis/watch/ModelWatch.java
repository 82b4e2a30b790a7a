package eu.sinusnode.analysis.watch;

import eu.sinusnode.analysis.flag.FlagEvents.Decided;
import eu.sinusnode.analysis.flag.FlagEvents.Due;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.RiskResult;
import eu.sinusnode.analysis.watch.ModelWeek.FeatureDrift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A week of the models, patient by patient: first each patient is added, then the week is concluded. What it keeps of a
 * patient are bare numbers of no one.
 */
public final class ModelWatch {

    private final List<RiskModel> models;
    private final Instant end;
    private final List<Tally> tallies = new ArrayList<>();

    /** One model's numbers. */
    private static final class Tally {
        private int patients;
        private int raised;
        private int alerts;
        private final Map<String, List<Double>> values = new TreeMap<>();
        private final Map<String, Integer> patientsWith = new TreeMap<>();
        private final List<Decided> decided = new ArrayList<>();
        private int due;
        private int overdue;
    }

    /**
     * The week in figures, and what is remembered for the next one.
     *
     * @param weeks one a model, in their order
     */
    public record Concluded(List<ModelWeek> weeks, WatchState state) {}

    /** @param models not in the shadow, also those whose flags are not written */
    public ModelWatch(List<RiskModel> models, Instant end) {
        this.models = List.copyOf(models);
        this.end = end;
        models.forEach(model -> tallies.add(new Tally()));
    }

    public void add(WatchedPatient patient) {
        for (int i = 0; i < models.size(); i++) {
            add(tallies.get(i), models.get(i), patient, patient.results().get(i));
        }
    }

    private static void add(Tally tally, RiskModel model, WatchedPatient patient, RiskResult result) {
        String label = model.identity().label();
        Map<String, List<Double>> values = WeekFeatures.of(model, patient.features());
        if (!values.isEmpty()) {
            tally.patients++;
        }
        values.forEach((feature, of) -> {
            tally.values.computeIfAbsent(feature, ignored -> new ArrayList<>()).addAll(of);
            tally.patientsWith.merge(feature, 1, Integer::sum);
        });
        if (result instanceof RiskResult.Raised) {
            tally.raised++;
        }
        tally.alerts +=
                (int) patient.flags().written().stream().filter(label::equals).count();
        patient.flags().decided().stream()
                .filter(one -> one.model().equals(label))
                .forEach(tally.decided::add);
        for (Due due : patient.flags().due()) {
            if (due.model().equals(label)) {
                tally.due++;
                tally.overdue += due.overdue() ? 1 : 0;
            }
        }
    }

    /** Features that have no reference yet, and enough patients for one, get this week as theirs. */
    public Concluded conclude(WatchState before, WatchLimits limits) {
        List<ModelWeek> weeks = new ArrayList<>();
        WatchState state = before.naming(models, end.toString());
        for (int i = 0; i < models.size(); i++) {
            String label = models.get(i).identity().label();
            Tally tally = tallies.get(i);
            state = state.withReference(label, newReference(tally, limits));
            ModelWeek week = week(
                    label,
                    tally,
                    TrainingReference.of(models.get(i).identity().id()),
                    before.reference().getOrDefault(label, Map.of()),
                    state.reference().getOrDefault(label, Map.of()));
            weeks.add(week);
            List<String> reasons = limits.exceeded(week);
            if (!reasons.isEmpty()) {
                state = state.withShadow(label, end.toString(), reasons);
            }
        }
        return new Concluded(weeks, state);
    }

    private static Map<String, Bins> newReference(Tally tally, WatchLimits limits) {
        Map<String, Bins> reference = new TreeMap<>();
        tally.values.forEach((feature, values) -> {
            int patients = tally.patientsWith.getOrDefault(feature, 0);
            if (patients >= limits.leastPatients()) {
                reference.put(feature, Bins.of(numbers(values), patients));
            }
        });
        return reference;
    }

    private ModelWeek week(
            String label,
            Tally tally,
            Map<String, Bins> trained,
            Map<String, Bins> earlier,
            Map<String, Bins> reference) {
        TreeMap<String, FeatureDrift> drift = new TreeMap<>();
        tally.values.forEach((feature, values) -> {
            int patients = tally.patientsWith.getOrDefault(feature, 0);
            Bins of = reference.get(feature);
            Double psi = earlier.containsKey(feature) && of != null ? of.psi(numbers(values)) : null;
            Bins training = trained.get(feature);
            drift.put(
                    feature,
                    new FeatureDrift(
                            patients,
                            of == null ? 0 : of.patients(),
                            psi,
                            training == null ? null : training.psi(numbers(values))));
        });
        OptionalDouble predicted = tally.decided.stream()
                .filter(one -> one.predicted().isPresent())
                .mapToDouble(one -> one.predicted().getAsDouble())
                .average();
        int accepted = (int) tally.decided.stream().filter(Decided::accepted).count();
        return ModelWeek.of(
                label,
                end.toString(),
                tally.patients,
                tally.raised,
                tally.alerts,
                new Share(accepted, tally.decided.size()),
                predicted,
                new Share(tally.overdue, tally.due),
                drift);
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
