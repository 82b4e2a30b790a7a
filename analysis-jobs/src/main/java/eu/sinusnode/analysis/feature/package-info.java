/** What is computed of one patient's vital readings over a window of days, each feature with its definition and unit. */
@NullMarked
package eu.sinusnode.analysis.feature;

import org.jspecify.annotations.NullMarked;
