package eu.sinusnode.server.measurements;

import java.time.Instant;

/**
 * One measured value.
 *
 * @param observation id of the Observation that states it
 * @param at when it was measured; of what is counted over a period, its start
 */
record Measurement(String observation, Instant at, double value) {}
