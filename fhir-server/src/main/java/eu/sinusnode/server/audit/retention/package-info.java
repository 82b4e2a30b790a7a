/** Events whose retention has passed are dropped: each day by the server, and by command. */
@NullMarked
package eu.sinusnode.server.audit.retention;

import org.jspecify.annotations.NullMarked;
