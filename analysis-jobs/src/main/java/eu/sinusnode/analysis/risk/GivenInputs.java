package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.reading.PatientReadings;
import java.time.Instant;

/**
 * What a result was computed from.
 *
 * @param asOf the run's instant
 */
public record GivenInputs(PatientReadings readings, Instant asOf) {}
