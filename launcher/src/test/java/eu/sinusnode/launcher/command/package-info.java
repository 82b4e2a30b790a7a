/** Tests of the launcher's part {@code command}. */
@NullMarked
package eu.sinusnode.launcher.command;

import org.jspecify.annotations.NullMarked;
