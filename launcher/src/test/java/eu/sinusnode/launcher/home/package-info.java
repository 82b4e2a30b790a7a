/** Tests of the launcher's part {@code home}. */
@NullMarked
package eu.sinusnode.launcher.home;

import org.jspecify.annotations.NullMarked;
