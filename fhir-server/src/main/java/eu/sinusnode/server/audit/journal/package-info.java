/** What happened, on this machine's disk before the answer leaves, until it is in the database. */
@NullMarked
package eu.sinusnode.server.audit.journal;

import org.jspecify.annotations.NullMarked;
