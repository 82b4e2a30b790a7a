package eu.sinusnode.server.measurements;

import eu.sinusnode.policy.consent.Code;
import java.util.List;

/**
 * What was measured of one code, as far as the caller may have it.
 *
 * @param unit UCUM code that all the values have; empty when there is none
 * @param measurements oldest first
 * @param considered Observations of the code, with those that state no value in the unit
 */
record Series(Code code, String unit, List<Measurement> measurements, int considered) {
    Series {
        measurements = List.copyOf(measurements);
    }
}
