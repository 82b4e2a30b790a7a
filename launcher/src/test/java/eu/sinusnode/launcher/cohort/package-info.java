/** Tests of the launcher's part {@code cohort}. */
@NullMarked
package eu.sinusnode.launcher.cohort;

import org.jspecify.annotations.NullMarked;
