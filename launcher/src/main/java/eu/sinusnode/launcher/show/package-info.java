/** What a finished run shows: flags, refusals, audit, and how to look further. */
@NullMarked
package eu.sinusnode.launcher.show;

import org.jspecify.annotations.NullMarked;
