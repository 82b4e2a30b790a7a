package eu.sinusnode.server.measurements;

import eu.sinusnode.policy.consent.Code;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code $stats} asks for of a patient.
 *
 * @param codes of Observations or of their components
 * @param sources how many of the newest Observations come along; null is none
 */
record StatsAsked(
        String patientId,
        List<Code> codes,
        Period period,
        List<Statistic> statistics,
        @Nullable Integer sources) {
    StatsAsked {
        codes = List.copyOf(codes);
        statistics = List.copyOf(statistics);
    }
}
