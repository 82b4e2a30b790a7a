package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.model.RhythmModel;
import eu.sinusnode.analysis.reading.RefusedSeries;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.rhythm.RrWindow;
import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Suspected atrial fibrillation from recordings of RR intervals. The trained model gives each window of 30 beats a
 * probability; {@link RhythmSeriesRule} decides on a recording; a patient is suspected when at least one recording of
 * the last 28 days is.
 */
public final class AtrialFibrillationModel implements RiskModel {

    private final RhythmModel model;
    private final ModelIdentity identity;

    public AtrialFibrillationModel(RhythmModel model) {
        this.model = model;
        this.identity = new ModelIdentity(
                Codes.SUSPECTED_ATRIAL_FIBRILLATION,
                model.manifest().id(),
                model.manifest().version(),
                "Atrial fibrillation from RR intervals",
                model.manifest().sha256());
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public ModelInputs inputs() {
        return ModelInputs.ofRhythm();
    }

    @Override
    public RiskResult score(PatientFeatures features) {
        RhythmWindow rhythm = features.rhythm();
        if (rhythm.recordings().isEmpty()) {
            return notComputable(without(features));
        }
        if (rhythm.stale()) {
            RrSeries newest =
                    rhythm.recordings().get(rhythm.recordings().size() - 1).series();
            return notComputable("The newest recording of RR intervals is of %s; it is older than 28 days."
                    .formatted(newest.start().toLocalDate()));
        }
        List<ScoredRecording> scored =
                rhythm.recordings().stream().map(this::score).toList();
        List<ScoredRecording> scorable =
                scored.stream().filter(one -> one.rule().isScorable()).toList();
        if (scorable.isEmpty()) {
            return notComputable(("No recording of RR intervals has the %d usable windows of %d beats that are needed;"
                            + " %d recording(s) were looked at.")
                    .formatted(RhythmSeriesRule.MINIMUM_WINDOWS, RrWindow.BEATS, scored.size()));
        }
        List<String> missing = missing(rhythm, scored.size() - scorable.size(), features.withheld());
        AtrialFibrillationFinding finding = new AtrialFibrillationFinding(model, scorable, missing);
        return finding.isSuspected()
                ? new RiskResult.Raised(identity, finding.finding())
                : new RiskResult.Clear(identity, finding.seen());
    }

    private ScoredRecording score(RhythmRecording recording) {
        List<ScoredRecording.Window> windows = new ArrayList<>();
        for (RrWindow window : recording.usable()) {
            double[] features = window.features();
            windows.add(new ScoredRecording.Window(window, features, model.probability(features)));
        }
        return ScoredRecording.of(recording.series(), windows, model.manifest().threshold());
    }

    private static String without(PatientFeatures features) {
        if (Withheld.rhythm(features.withheld())) {
            return "RR intervals are withheld: the patient's consent does not open them to automated analysis.";
        }
        return refused(features.rhythm().refused())
                .orElse("There is no recording of RR intervals. Averaged heart rates cannot take its place.");
    }

    private static List<String> missing(RhythmWindow rhythm, int tooShort, List<String> withheld) {
        List<String> missing = new ArrayList<>();
        if (tooShort > 0) {
            missing.add("%d recording(s) had fewer than %d usable windows and were not judged."
                    .formatted(tooShort, RhythmSeriesRule.MINIMUM_WINDOWS));
        }
        int unusable =
                rhythm.recordings().stream().mapToInt(RhythmRecording::unusable).sum();
        if (unusable > 0) {
            missing.add("%d window(s) held too many intervals outside %d to %d ms and were left out."
                    .formatted(unusable, RrWindow.SHORTEST_MS, RrWindow.LONGEST_MS));
        }
        refused(rhythm.refused()).ifPresent(missing::add);
        Withheld.sentence(withheld).ifPresent(missing::add);
        return missing;
    }

    /** One sentence that counts the refused recordings by reason. */
    private static Optional<String> refused(List<RefusedSeries> refused) {
        TreeMap<String, Integer> reasons = new TreeMap<>();
        refused.forEach(one -> reasons.merge(one.reason(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        reasons.forEach((reason, count) -> parts.add(count + " because " + reason));
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("Recordings not used: " + String.join("; ", parts) + ".");
    }

    private RiskResult notComputable(String reason) {
        return new RiskResult.NotComputable(identity, reason);
    }
}
