package eu.sinusnode.analysis.training.tabular;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A split by patient: those with a positive row and those without are dealt out in turn, so that folds are alike. */
final class Folds {

    private final Map<String, Integer> foldOfPatient = new HashMap<>();
    private final int count;

    Folds(List<Case> rows, int count, long seed) {
        this.count = count;
        Set<String> positive = new HashSet<>();
        rows.stream().filter(Case::positive).forEach(row -> positive.add(row.patient()));
        List<String> patients =
                new ArrayList<>(rows.stream().map(Case::patient).distinct().toList());
        Collections.shuffle(patients, new Random(seed));
        int next = 0;
        for (boolean kind : new boolean[] {true, false}) {
            for (String patient : patients) {
                if (positive.contains(patient) == kind) {
                    foldOfPatient.put(patient, next++ % count);
                }
            }
        }
    }

    int count() {
        return count;
    }

    int of(Case row) {
        return foldOfPatient.getOrDefault(row.patient(), 0);
    }

    List<Case> without(List<Case> rows, int fold) {
        return rows.stream().filter(row -> of(row) != fold).toList();
    }
}
