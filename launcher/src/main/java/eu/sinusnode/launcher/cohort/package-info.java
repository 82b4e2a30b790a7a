/** The sample cohort: generated when it is not there, loaded through the server's front door. */
@NullMarked
package eu.sinusnode.launcher.cohort;

import org.jspecify.annotations.NullMarked;
