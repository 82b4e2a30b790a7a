package eu.sinusnode.analysis.training.tabular;

import eu.sinusnode.analysis.model.AdditiveManifest;
import eu.sinusnode.analysis.model.AdditiveModel;
import eu.sinusnode.analysis.training.evaluation.ClusterBootstrap;
import eu.sinusnode.analysis.training.evaluation.Estimate;
import eu.sinusnode.analysis.training.evaluation.Pictures;
import eu.sinusnode.analysis.training.evaluation.Progress;
import eu.sinusnode.analysis.training.evaluation.Reliability;
import eu.sinusnode.analysis.training.evaluation.Threshold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Measures an additive model. The rows that it was trained on are scored in nested cross-validation; any others meet the
 * shipped model as it is.
 */
public final class TabularEvaluation {

    private final Design design;
    private final AdditiveModel model;
    private final Cases cases;
    private final ClusterBootstrap bootstrap;
    private final Progress progress;
    private final @Nullable NestedCrossValidation validation;
    private final Function<UnaryOperator<double[]>, Repeats> scoring;
    private final Repeats scored;

    private TabularEvaluation(Design design, AdditiveModel model, Cases cases, Progress progress) {
        this.design = design;
        this.model = model;
        this.cases = cases;
        this.progress = progress;
        this.bootstrap = new ClusterBootstrap(cases.patients());
        boolean trainedOn =
                cases.rowsSha256().equals(model.manifest().trainingData().rowsSha256());
        this.validation = trainedOn
                ? new NestedCrossValidation(cases, design, design.shipped(), progress, "nested cross-validation")
                : null;
        this.scoring = validation == null
                ? values -> new Repeats(List.of(shipped(values)), bootstrap)
                : values -> new Repeats(validation.scored(values), bootstrap);
        this.scored = scoring.apply(UnaryOperator.identity());
    }

    public static TabularEvaluation of(Design design, AdditiveModel model, Cases cases, Progress progress) {
        return new TabularEvaluation(design, model, cases, progress);
    }

    private String split() {
        return validation == null
                ? "other-data"
                : "nested cross-validation, %d x %d folds".formatted(design.repeats(), NestedCrossValidation.FOLDS);
    }

    private List<ScoredCase> shipped(UnaryOperator<double[]> values) {
        int[] inputs = design.indices(design.shipped());
        return cases.rows().stream()
                .map(row -> ScoredCase.of(row, model.score(), inputs, values.apply(row.inputs())))
                .toList();
    }

    /** SVG by name; none that would need both outcomes when there is one. */
    public Map<String, String> pictures() {
        Map<String, String> pictures = new LinkedHashMap<>();
        String what = design.title() + ", " + (validation == null ? "other data" : "out of fold");
        if (scored.positives() > 0 && scored.positives() < scored.n()) {
            pictures.put("roc.svg", Pictures.roc(scored.pooled(), what));
        }
        pictures.put("calibration.svg", Pictures.calibration(Reliability.of(scored.pooled()), what));
        return pictures;
    }

    public TabularFigures figures() {
        AdditiveManifest manifest = model.manifest();
        double threshold = manifest.threshold();
        List<TabularFigures.Rival> comparison = comparison();
        progress.at("measuring, with intervals and subgroups", 0, 0);
        return new TabularFigures(
                design.name(),
                manifest.id(),
                manifest.version(),
                manifest.sha256(),
                cases.dataSha256(),
                split(),
                manifest.synthetic(),
                threshold,
                scored.n(),
                cases.patients().size(),
                scored.positives(),
                scored.auc().estimate(),
                scored.sensitivity(threshold).estimate(),
                scored.specificity(threshold).estimate(),
                scored.brier().estimate(),
                validation == null ? null : brier(validation.uncalibrated()),
                scored.slope().estimate(),
                scored.intercept().estimate(),
                notComputable(),
                cases.unlabelled(),
                missing(),
                cases.refused(),
                comparison,
                subgroups(threshold),
                Threshold.table(
                        scored.pooled(),
                        design.thresholds().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()),
                withoutFindings(threshold),
                Reliability.of(scored.pooled()),
                weights(),
                ridges(),
                notes());
    }

    private List<TabularFigures.Rival> comparison() {
        if (validation == null) {
            return List.of();
        }
        List<TabularFigures.Rival> rivals = new ArrayList<>();
        rivals.add(rival("this model", scored));
        for (Design.Rival rival : design.rivals()) {
            String work = "cross-validation of " + rival.name();
            rivals.add(rival(
                    rival.name(),
                    new Repeats(
                            new NestedCrossValidation(cases, design, rival.inputs(), progress, work).scored(),
                            bootstrap)));
        }
        return rivals;
    }

    private TabularFigures.Rival rival(String name, Repeats other) {
        return new TabularFigures.Rival(
                name,
                other.auc().estimate(),
                other.aucLess(scored).estimate(),
                other.brier().value());
    }

    private List<TabularFigures.Subgroup> subgroups(double threshold) {
        List<TabularFigures.Subgroup> subgroups = new ArrayList<>();
        for (Grouping grouping : design.groupings()) {
            TreeSet<String> labels = new TreeSet<>();
            cases.rows().forEach(row -> {
                String label = row.groups().get(grouping.name());
                if (label != null) {
                    labels.add(label);
                }
            });
            for (String label : labels) {
                Repeats own = scored.only(row -> label.equals(row.groups().get(grouping.name())));
                subgroups.add(new TabularFigures.Subgroup(
                        grouping.name() + ": " + label,
                        own.n(),
                        own.positives(),
                        own.auc().estimate(),
                        own.sensitivity(threshold).estimate(),
                        own.specificity(threshold).estimate(),
                        own.intercept().value()));
            }
        }
        return subgroups;
    }

    private List<TabularFigures.Without> withoutFindings(double threshold) {
        return design.without().stream()
                .map(findings -> {
                    Repeats less = scoring.apply(row -> design.without(row, findings));
                    return new TabularFigures.Without(
                            String.join(", ", findings),
                            less.auc().estimate(),
                            less.brier().value(),
                            less.sensitivity(threshold).value(),
                            less.specificity(threshold).value());
                })
                .toList();
    }

    private Map<String, @Nullable Double> missing() {
        Map<String, @Nullable Double> missing = new LinkedHashMap<>();
        for (String name : design.shipped()) {
            int index = design.indices(List.of(name))[0];
            long without = cases.rows().stream()
                    .filter(row -> Double.isNaN(row.inputs()[index]))
                    .count();
            missing.put(
                    design.inputs().get(index).finding(),
                    Estimate.rounded(without / (double) cases.rows().size()));
        }
        return missing;
    }

    private int notComputable() {
        int[] required = design.indices(design.required());
        return (int) cases.rows().stream()
                .filter(row -> {
                    boolean lacks = false;
                    for (int index : required) {
                        lacks |= Double.isNaN(row.inputs()[index]);
                    }
                    return lacks;
                })
                .count();
    }

    private List<TabularFigures.Weight> weights() {
        List<TabularFigures.Weight> weights = new ArrayList<>();
        List<String> names = model.manifest().inputs();
        for (int i = 0; i < names.size(); i++) {
            weights.add(new TabularFigures.Weight(
                    names.get(i),
                    Estimate.rounded(
                            model.score().line().slope() * model.score().weights()[i]),
                    Estimate.rounded(model.score().means()[i])));
        }
        return weights;
    }

    private Map<String, Integer> ridges() {
        Map<String, Integer> ridges = new TreeMap<>();
        if (validation != null) {
            validation.ridges().forEach(ridge -> ridges.merge(String.valueOf(ridge), 1, Integer::sum));
        }
        return ridges;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (model.manifest().synthetic()) {
            notes.add("The model was trained on simulated patients alone; nothing here is known of real ones.");
        }
        bootstrap.caution("patients").ifPresent(notes::add);
        if (scored.positives() == 0 || scored.positives() == scored.n()) {
            notes.add("All rows have the same outcome: there is no AUC.");
        }
        if (notComputable() > 0) {
            notes.add("%d of %d rows lack %s; the job would call them not computable, here they are scored."
                    .formatted(notComputable(), scored.n(), String.join(" or ", design.required())));
        }
        return notes;
    }

    private @Nullable Double brier(List<List<ScoredCase>> others) {
        return new Repeats(others, bootstrap).brier().value();
    }
}
