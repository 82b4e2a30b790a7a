package eu.sinusnode.therapy.timing;

import java.time.Duration;
import java.time.Instant;

/**
 * One time that something is due.
 *
 * @param key names it among those of its timing, the same however often and over whatever window it is computed: the local time that
 *     was planned, such as {@code 2026-03-29T02:30}, or the instant, where the timing counts elapsed hours
 * @param at when; a local time that the clocks skip is as much later as they skip, one that comes twice is the first
 * @param lasts how long, zero when the timing does not say
 */
public record Occurrence(String key, Instant at, Duration lasts) {}
