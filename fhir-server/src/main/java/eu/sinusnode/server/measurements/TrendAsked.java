package eu.sinusnode.server.measurements;

import eu.sinusnode.policy.consent.Code;
import java.time.ZoneId;
import java.util.List;

/**
 * What {@code $trend} asks for of a patient.
 *
 * @param points buckets at most
 * @param zone by whose calendar and clock buckets begin
 */
record TrendAsked(String patientId, List<Code> codes, Period period, int points, ZoneId zone, Source source) {
    TrendAsked {
        codes = List.copyOf(codes);
    }
}
