/** How an index follows the table: what it has, what it still lacks, and when it is made anew. */
@NullMarked
package eu.sinusnode.server.fulltext.follow;

import org.jspecify.annotations.NullMarked;
