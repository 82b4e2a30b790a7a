/** The fast lane: vital readings in one narrow table, written with their Observations and read as one stream. */
@NullMarked
package eu.sinusnode.server.lane;

import org.jspecify.annotations.NullMarked;
