/** The work of an export: taken from the table, done range by range, continued by another node when one dies. */
@NullMarked
package eu.sinusnode.server.export.job;

import org.jspecify.annotations.NullMarked;
