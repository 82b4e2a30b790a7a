/** The risk models: guideline rules and Weka models behind one port, free of threads, clocks and HTTP. */
@NullMarked
package eu.sinusnode.analysis.risk;

import org.jspecify.annotations.NullMarked;
