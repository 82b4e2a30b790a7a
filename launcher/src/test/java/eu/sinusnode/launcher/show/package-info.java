/** Tests of the launcher's part {@code show}. */
@NullMarked
package eu.sinusnode.launcher.show;

import org.jspecify.annotations.NullMarked;
