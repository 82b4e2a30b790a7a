/** From a risk result to a flag with its reasons and origin, and what of it has to be written. */
@NullMarked
package eu.sinusnode.analysis.flag;

import org.jspecify.annotations.NullMarked;
