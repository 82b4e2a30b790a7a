/** Tables of labelled data as files: found by column name, plain or compressed, whoever wrote them. */
@NullMarked
package eu.sinusnode.analysis.training.table;

import org.jspecify.annotations.NullMarked;
