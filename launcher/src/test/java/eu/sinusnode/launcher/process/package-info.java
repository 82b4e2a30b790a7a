/** Tests of the launcher's part {@code process}. */
@NullMarked
package eu.sinusnode.launcher.process;

import org.jspecify.annotations.NullMarked;
