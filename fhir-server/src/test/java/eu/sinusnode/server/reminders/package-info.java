/** Tests of reminders against the running server. */
@NullMarked
package eu.sinusnode.server.reminders;

import org.jspecify.annotations.NullMarked;
