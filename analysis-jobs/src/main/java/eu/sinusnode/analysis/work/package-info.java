/** A few workers for what waits on the network. */
@NullMarked
package eu.sinusnode.analysis.work;

import org.jspecify.annotations.NullMarked;
