/** A therapy plan in the demo: a programme is applied, a week of it kept, and the plan adjusted. */
@NullMarked
package eu.sinusnode.launcher.therapy;

import org.jspecify.annotations.NullMarked;
