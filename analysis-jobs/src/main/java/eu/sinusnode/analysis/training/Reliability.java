package eu.sinusnode.analysis.training;

import eu.sinusnode.analysis.training.EvaluationFigures.Bin;
import eu.sinusnode.analysis.training.EvaluationFigures.Calibration;
import java.util.ArrayList;
import java.util.List;

/** Whether a probability of 0.8 is right eight times of ten. */
final class Reliability {

    private static final int BINS = 10;

    private Reliability() {}

    static Calibration of(List<ScoredWindow> scored) {
        int[] windows = new int[BINS];
        double[] predicted = new double[BINS];
        double[] observed = new double[BINS];
        double squared = 0;
        for (ScoredWindow window : scored) {
            int bin = Math.min(BINS - 1, (int) (window.probability() * BINS));
            double outcome = window.window().positive() ? 1 : 0;
            windows[bin]++;
            predicted[bin] += window.probability();
            observed[bin] += outcome;
            squared += (window.probability() - outcome) * (window.probability() - outcome);
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            bins.add(new Bin(
                    windows[i],
                    Estimate.rounded(predicted[i] / windows[i]),
                    Estimate.rounded(observed[i] / windows[i])));
        }
        return new Calibration(Estimate.rounded(squared / scored.size()), bins);
    }
}
