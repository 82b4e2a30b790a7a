/** The models that can be named on the command line: how each is trained, measured and described. */
@NullMarked
package eu.sinusnode.analysis.training.study;

import org.jspecify.annotations.NullMarked;
