/** Search by words: a table of words that is written with the records, and an index that follows it. */
@NullMarked
package eu.sinusnode.server.fulltext;

import org.jspecify.annotations.NullMarked;
