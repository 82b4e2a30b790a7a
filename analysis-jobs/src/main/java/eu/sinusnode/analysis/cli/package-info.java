/** The command line of the analysis jobs. */
@NullMarked
package eu.sinusnode.analysis.cli;

import org.jspecify.annotations.NullMarked;
