/** The commands of {@code ./sinusnode} and how they end. */
@NullMarked
package eu.sinusnode.launcher.command;

import org.jspecify.annotations.NullMarked;
