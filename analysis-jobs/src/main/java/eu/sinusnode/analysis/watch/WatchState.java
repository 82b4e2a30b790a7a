package eu.sinusnode.analysis.watch;

import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.ShadowModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the watch remembers from week to week.
 *
 * @param reference by model's label and feature
 * @param shadows by model's label
 * @param released labels of models that begin in the shadow and that somebody has taken out of it
 * @param lifts who took which model out of the shadow, the earliest first
 * @param watched end of the latest week that was looked at, ISO 8601; null before the first
 * @param untold weeks that the server has not taken a report of
 */
public record WatchState(
        Map<String, Map<String, Bins>> reference,
        Map<String, Shadow> shadows,
        Set<String> released,
        List<Lift> lifts,
        @Nullable String watched,
        List<ModelWeek> untold) {

    public static final WatchState EMPTY = new WatchState(Map.of(), Map.of(), Set.of(), List.of(), null, List.of());

    private static final String ON_TRIAL =
            "It was trained on simulated patients alone: its flags wait for somebody who takes it out.";

    /**
     * Why and since when a model's flags are not written.
     *
     * @param since instant, ISO 8601
     */
    public record Shadow(String since, List<String> reasons) {}

    /** The same models, those in the shadow as such. */
    public List<RiskModel> applied(List<RiskModel> models) {
        return models.stream()
                .<RiskModel>map(model -> isInShadow(model) ? new ShadowModel(model) : model)
                .toList();
    }

    private boolean isInShadow(RiskModel model) {
        String label = model.identity().label();
        return shadows.containsKey(label) || model.startsInShadow() && !released.contains(label);
    }

    /** With what is in the shadow from its beginning named among the shadows. @param since instant, ISO 8601 */
    public WatchState naming(List<RiskModel> models, String since) {
        WatchState named = this;
        for (RiskModel model : models) {
            if (isInShadow(model)) {
                named = named.withShadow(model.identity().label(), since, List.of(ON_TRIAL));
            }
        }
        return named;
    }

    WatchState withReference(String model, Map<String, Bins> features) {
        Map<String, Map<String, Bins>> all = new TreeMap<>(reference);
        Map<String, Bins> merged = new TreeMap<>(all.getOrDefault(model, Map.of()));
        features.forEach(merged::putIfAbsent);
        all.put(model, merged);
        return new WatchState(all, shadows, released, lifts, watched, untold);
    }

    /** A model that is in the shadow already stays there, with its first reasons. */
    WatchState withShadow(String model, String since, List<String> reasons) {
        Map<String, Shadow> all = new LinkedHashMap<>(shadows);
        all.putIfAbsent(model, new Shadow(since, reasons));
        return new WatchState(reference, all, released, lifts, watched, untold);
    }

    /**
     * Somebody has looked at it: its flags are written from now on, and the next week becomes its new reference.
     *
     * @throws IllegalArgumentException when it is not in the shadow
     */
    public WatchState lifted(Lift lift) {
        String model = lift.model();
        if (!shadows.containsKey(model)) {
            throw new IllegalArgumentException("No model %s is in the shadow; there are %s"
                    .formatted(model, shadows.isEmpty() ? "none" : String.join("; ", shadows.keySet())));
        }
        Map<String, Shadow> others = new LinkedHashMap<>(shadows);
        others.remove(model);
        Map<String, Map<String, Bins>> references = new TreeMap<>(reference);
        references.remove(model);
        Set<String> all = new TreeSet<>(released);
        all.add(model);
        List<Lift> decided = new ArrayList<>(lifts);
        decided.add(lift);
        return new WatchState(references, others, all, List.copyOf(decided), watched, untold);
    }

    /** A week is over, and nobody has been told of it. An earlier one that is looked at again does not set the time back. */
    WatchState watched(Instant end, List<ModelWeek> weeks) {
        boolean later = watched == null || end.isAfter(Instant.parse(watched));
        List<ModelWeek> all = new ArrayList<>(untold);
        all.addAll(weeks);
        return new WatchState(reference, shadows, released, lifts, later ? end.toString() : watched, List.copyOf(all));
    }

    WatchState told(ModelWeek week) {
        return new WatchState(
                reference,
                shadows,
                released,
                lifts,
                watched,
                untold.stream().filter(one -> !one.equals(week)).toList());
    }

    /** Who took it out of the shadow last; empty when nobody did. */
    public Optional<Lift> lift(String model) {
        return lifts.stream().filter(one -> one.model().equals(model)).reduce((earlier, later) -> later);
    }
}
