package eu.sinusnode.analysis.training.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A straight line from a model's log-odds to the log-odds of what was observed: with it a model is calibrated (Platt
 * 1999), and by it calibration is judged (Cox 1958; Van Calster et al. 2019).
 *
 * @param slope not a number when the rows are of one kind, or are parted without an error, so that no line is the best
 */
public record LogitLine(double intercept, double slope) {

    /** The line that changes nothing. */
    public static final LogitLine IDENTITY = new LogitLine(0, 1);

    private static final LogitLine NONE = new LogitLine(Double.NaN, Double.NaN);
    private static final double SMALLEST = 1e-6;
    private static final int MOST_STEPS = 50;
    private static final double CLOSE = 1e-9;

    /** By maximum likelihood, with Newton's steps. */
    public static <P extends Prediction> LogitLine fit(List<P> scored, ToDoubleFunction<? super P> weight) {
        double intercept = 0;
        double slope = 1;
        for (int step = 0; step < MOST_STEPS; step++) {
            double g0 = 0;
            double g1 = 0;
            double h00 = 0;
            double h01 = 0;
            double h11 = 0;
            for (P one : scored) {
                double x = logit(one.probability());
                double p = probability(intercept + slope * x);
                double w = weight.applyAsDouble(one);
                double error = w * ((one.positive() ? 1 : 0) - p);
                double curve = w * p * (1 - p);
                g0 += error;
                g1 += error * x;
                h00 += curve;
                h01 += curve * x;
                h11 += curve * x * x;
            }
            double determinant = h00 * h11 - h01 * h01;
            if (!(determinant > 1e-12)) {
                return NONE;
            }
            double d0 = (h11 * g0 - h01 * g1) / determinant;
            double d1 = (h00 * g1 - h01 * g0) / determinant;
            intercept += d0;
            slope += d1;
            if (Math.abs(d0) + Math.abs(d1) < CLOSE) {
                return new LogitLine(intercept, slope);
            }
        }
        return NONE;
    }

    /** What has to be added to all log-odds so that as many are expected as were observed. */
    public static <P extends Prediction> double inTheLarge(List<P> scored, ToDoubleFunction<? super P> weight) {
        double intercept = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            double gradient = 0;
            double curve = 0;
            for (P one : scored) {
                double p = probability(intercept + logit(one.probability()));
                double w = weight.applyAsDouble(one);
                gradient += w * ((one.positive() ? 1 : 0) - p);
                curve += w * p * (1 - p);
            }
            if (!(curve > 1e-9)) {
                return Double.NaN;
            }
            intercept += gradient / curve;
            if (Math.abs(gradient / curve) < CLOSE) {
                return intercept;
            }
        }
        return Double.NaN;
    }

    public double at(double logOdds) {
        return intercept + slope * logOdds;
    }

    /** Probabilities of 0 and 1 count as a millionth from it. */
    public static double logit(double probability) {
        double inside = Math.min(1 - SMALLEST, Math.max(SMALLEST, probability));
        return StrictMath.log(inside / (1 - inside));
    }

    public static double probability(double logOdds) {
        return 1 / (1 + StrictMath.exp(-logOdds));
    }
}
