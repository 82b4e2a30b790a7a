/** The words of records as rows: taken out of what is stored, written with it, read by the indexes. */
@NullMarked
package eu.sinusnode.server.fulltext.table;

import org.jspecify.annotations.NullMarked;
