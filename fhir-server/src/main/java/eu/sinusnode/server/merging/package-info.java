/** {@code Patient/$merge}: two records of one person become one, with their history. */
@NullMarked
package eu.sinusnode.server.merging;

import org.jspecify.annotations.NullMarked;
