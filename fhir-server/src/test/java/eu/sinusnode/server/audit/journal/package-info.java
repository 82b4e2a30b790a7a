/** The journal: killed processes, full disks, damaged files, and how long a caller waits. */
@NullMarked
package eu.sinusnode.server.audit.journal;

import org.jspecify.annotations.NullMarked;
