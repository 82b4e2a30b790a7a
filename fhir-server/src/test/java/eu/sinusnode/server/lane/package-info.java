/** The fast lane, from an Observation to a line of the stream. */
@NullMarked
package eu.sinusnode.server.lane;

import org.jspecify.annotations.NullMarked;
