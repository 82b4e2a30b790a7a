/** The fast lane's command line. */
@NullMarked
package eu.sinusnode.server.lane.command;

import org.jspecify.annotations.NullMarked;
