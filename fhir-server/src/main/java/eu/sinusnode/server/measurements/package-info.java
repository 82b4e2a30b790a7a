/** {@code Observation/$lastn}, {@code $stats} and {@code $trend}: one patient's measurements, newest first or summed up. */
@NullMarked
package eu.sinusnode.server.measurements;

import org.jspecify.annotations.NullMarked;
