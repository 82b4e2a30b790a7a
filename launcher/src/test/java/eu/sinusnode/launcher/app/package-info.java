/** Tests of the launcher's part {@code app}. */
@NullMarked
package eu.sinusnode.launcher.app;

import org.jspecify.annotations.NullMarked;
