package eu.sinusnode.analysis.watch;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One model's week in figures. Nothing of it is of one person: what fewer than {@link #LEAST} people stand behind is not
 * told.
 *
 * @param model as {@link eu.sinusnode.analysis.risk.ModelIdentity#label}
 * @param end instant, ISO 8601; the week is the seven days up to it
 * @param patients whose readings the model was given; null when few
 * @param raised of these, for whom it raises the risk at the end of the week; null when few
 * @param alertsPer100PatientsAndDay flags written in the week
 * @param accepted flags of the model that clinicians accepted in the week; null when few were decided
 * @param overridden likewise
 * @param agreement accepted of decided, with its interval; null when few were decided
 * @param predicted mean probability that decided flags told; null when few were decided or the model tells none
 * @param due sign-offs of the model's flags whose time was over in the week; null when few
 * @param overdue share of these that nobody had decided on then; null when few
 * @param drift by feature; one of few patients is left out
 */
@JsonPropertyOrder({
    "model",
    "end",
    "patients",
    "raised",
    "alertsPer100PatientsAndDay",
    "accepted",
    "overridden",
    "due",
    "overdue"
})
public record ModelWeek(
        String model,
        String end,
        @Nullable Integer patients,
        @Nullable Integer raised,
        @Nullable Double alertsPer100PatientsAndDay,
        @Nullable Integer accepted,
        @Nullable Integer overridden,
        @Nullable Interval agreement,
        @Nullable Double predicted,
        @Nullable Integer due,
        @Nullable Double overdue,
        Map<String, FeatureDrift> drift) {

    /** Fewer people than this are not told of. */
    public static final int LEAST = 10;

    private static final int DAYS = 7;

    /** A value and the ends of its 95 % interval. */
    public record Interval(double value, double low, double high) {}

    /**
     * @param patients of the week
     * @param referencePatients of the reference
     * @param psi null when the week is itself the reference
     * @param psiToTraining against the training data; null for a rule. No limit is on it: the training data has another mix
     *     of patients
     */
    public record FeatureDrift(
            int patients,
            int referencePatients,
            @Nullable Double psi,
            @Nullable Double psiToTraining) {}

    /**
     * @param decided of the week
     * @param alerts flags written in the week
     * @param overdue of the sign-offs that became due
     */
    static ModelWeek of(
            String model,
            String end,
            int patients,
            int raised,
            int alerts,
            Share decided,
            OptionalDouble predicted,
            Share overdue,
            TreeMap<String, FeatureDrift> drift) {
        boolean told = decided.of() >= LEAST;
        drift.values().removeIf(one -> one.patients() < LEAST);
        return new ModelWeek(
                model,
                end,
                orNull(patients),
                orNull(raised),
                patients < LEAST ? null : 100.0 * alerts / patients / DAYS,
                told ? decided.count() : null,
                told ? decided.of() - decided.count() : null,
                told ? new Interval(decided.value(), decided.low(), decided.high()) : null,
                told && predicted.isPresent() ? predicted.getAsDouble() : null,
                orNull(overdue.of()),
                overdue.of() < LEAST ? null : overdue.value(),
                drift);
    }

    private static @Nullable Integer orNull(int people) {
        return people > 0 && people < LEAST ? null : people;
    }
}
