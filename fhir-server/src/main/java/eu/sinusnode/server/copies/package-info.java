/** New records by the hundred, written past HAPI into its tables: the rows that it would write, and the hooks that it would call. */
@NullMarked
package eu.sinusnode.server.copies;

import org.jspecify.annotations.NullMarked;
