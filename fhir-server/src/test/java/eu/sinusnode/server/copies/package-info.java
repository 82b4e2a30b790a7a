/** Rows to be copied, without a database. */
@NullMarked
package eu.sinusnode.server.copies;

import org.jspecify.annotations.NullMarked;
