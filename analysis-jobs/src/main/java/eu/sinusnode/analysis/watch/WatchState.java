package eu.sinusnode.analysis.watch;

import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.risk.ShadowModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the watch remembers from week to week.
 *
 * @param reference by model's label and feature
 * @param shadows by model's label
 */
public record WatchState(Map<String, Map<String, Bins>> reference, Map<String, Shadow> shadows) {

    public static final WatchState EMPTY = new WatchState(Map.of(), Map.of());

    /**
     * Why and since when a model's flags are not written.
     *
     * @param since instant, ISO 8601
     */
    public record Shadow(String since, List<String> reasons) {}

    /** The same models, those in the shadow as such. */
    public List<RiskModel> applied(List<RiskModel> models) {
        return models.stream()
                .<RiskModel>map(model -> shadows.containsKey(model.identity().label()) ? new ShadowModel(model) : model)
                .toList();
    }

    WatchState withReference(String model, Map<String, Bins> features) {
        Map<String, Map<String, Bins>> all = new TreeMap<>(reference);
        Map<String, Bins> merged = new TreeMap<>(all.getOrDefault(model, Map.of()));
        features.forEach(merged::putIfAbsent);
        all.put(model, merged);
        return new WatchState(all, shadows);
    }

    /** A model that is in the shadow already stays there, with its first reasons. */
    WatchState withShadow(String model, String since, List<String> reasons) {
        Map<String, Shadow> all = new LinkedHashMap<>(shadows);
        all.putIfAbsent(model, new Shadow(since, reasons));
        return new WatchState(reference, all);
    }

    /**
     * Somebody has looked at it: its flags are written again, and the next week becomes its new reference.
     *
     * @throws IllegalArgumentException when it is not in the shadow
     */
    public WatchState lifted(String model) {
        if (!shadows.containsKey(model)) {
            throw new IllegalArgumentException("No model %s is in the shadow; there are %s"
                    .formatted(model, shadows.isEmpty() ? "none" : String.join("; ", shadows.keySet())));
        }
        Map<String, Shadow> others = new LinkedHashMap<>(shadows);
        others.remove(model);
        Map<String, Map<String, Bins>> references = new TreeMap<>(reference);
        references.remove(model);
        return new WatchState(references, others);
    }
}
