/** The fast lane's command line: compare it with the Observations, and make it anew from them. */
@NullMarked
package eu.sinusnode.server.lane.command;

import org.jspecify.annotations.NullMarked;
