package eu.sinusnode.analysis.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All usable windows of a table.
 *
 * @param dataSha256 of the table
 * @param records in the table's order
 * @param unusable windows that the artefact filter refused, over all records
 */
public record TrainingSet(String dataSha256, List<String> records, List<LabelledWindow> windows, int unusable) {

    public static TrainingSet of(RhythmTable table) {
        List<LabelledWindow> windows = new ArrayList<>();
        int unusable = 0;
        for (RhythmRecord record : table.records()) {
            LabelledWindow.OfRecord ofRecord = LabelledWindow.of(record);
            windows.addAll(ofRecord.windows());
            unusable += ofRecord.unusable();
        }
        List<String> names = table.records().stream().map(RhythmRecord::name).toList();
        return new TrainingSet(table.sha256(), names, windows, unusable);
    }

    /** The weight of each window, so that every record weighs the same and their mean is one. */
    static double[] recordWeights(List<LabelledWindow> windows) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        windows.forEach(window -> sizes.merge(window.record(), 1, Integer::sum));
        double share = windows.size() / (double) sizes.size();
        return windows.stream()
                .mapToDouble(window -> share / sizes.getOrDefault(window.record(), 1))
                .toArray();
    }
}
