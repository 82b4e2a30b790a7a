/** Bulk import: {@code $import}, its status and the lines that it refused. */
@NullMarked
package eu.sinusnode.server.bulkimport;

import org.jspecify.annotations.NullMarked;
