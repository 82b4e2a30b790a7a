/** Tests of the launcher's part {@code progress}. */
@NullMarked
package eu.sinusnode.launcher.progress;

import org.jspecify.annotations.NullMarked;
