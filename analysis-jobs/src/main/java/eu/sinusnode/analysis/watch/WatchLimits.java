package eu.sinusnode.analysis.watch;

import eu.sinusnode.analysis.watch.ModelWeek.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Beyond which figures a model's flags are no longer written for people. The limit of drift is the usual one; the others
 * are this house's.
 *
 * @param psi drift of a feature
 * @param leastPatients that a feature's drift is judged of, in the week and in the reference
 * @param agreement share of accepted flags; the whole interval must lie below
 * @param alerts per 100 patients and day
 * @param miscalibration distance of the mean told probability from the share that was accepted, outside of its interval
 * @param leastDecided flags that agreement and calibration are judged of
 */
public record WatchLimits(
        double psi, int leastPatients, double agreement, double alerts, double miscalibration, int leastDecided) {

    public static final WatchLimits STANDARD = new WatchLimits(0.25, 100, 0.5, 5, 0.2, 20);

    /** Why the model goes into the shadow, as whole sentences; empty when it stays. */
    public List<String> exceeded(ModelWeek week) {
        List<String> reasons = new ArrayList<>();
        week.drift().forEach((feature, drift) -> {
            boolean judged = drift.patients() >= leastPatients && drift.referencePatients() >= leastPatients;
            if (judged && drift.psi() != null && drift.psi() >= psi) {
                reasons.add(said(
                        "The distribution of %s has moved: PSI %.2f, the limit is %.2f.", feature, drift.psi(), psi));
            }
        });
        Double load = week.alertsPer100PatientsAndDay();
        if (load != null && week.patients() != null && week.patients() >= leastPatients && load > alerts) {
            reasons.add(said("It raises %.1f flags per 100 patients and day, the limit is %.1f.", load, alerts));
        }
        Interval accepted = week.agreement();
        if (accepted != null
                && week.accepted() != null
                && week.overridden() != null
                && week.accepted() + week.overridden() >= leastDecided) {
            judged(week, accepted, reasons);
        }
        return reasons;
    }

    private void judged(ModelWeek week, Interval accepted, List<String> reasons) {
        if (accepted.high() < agreement) {
            reasons.add(said(
                    "Clinicians accept %.0f %% of its flags (95 %% interval up to %.0f %%), the limit is %.0f %%.",
                    100 * accepted.value(), 100 * accepted.high(), 100 * agreement));
        }
        Double predicted = week.predicted();
        if (predicted != null
                && Math.abs(predicted - accepted.value()) > miscalibration
                && (predicted < accepted.low() || predicted > accepted.high())) {
            reasons.add(said(
                    "Its flags told a probability of %.2f on average, and %.2f were accepted; they may differ by %.2f.",
                    predicted, accepted.value(), miscalibration));
        }
    }

    private static String said(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
