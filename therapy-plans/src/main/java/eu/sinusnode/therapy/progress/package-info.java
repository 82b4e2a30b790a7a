/** How far a therapy plan has been kept, and whether its goals are reached. */
@NullMarked
package eu.sinusnode.therapy.progress;

import org.jspecify.annotations.NullMarked;
