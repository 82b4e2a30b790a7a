/** Where state and built programs lie, and which ports are used. */
@NullMarked
package eu.sinusnode.launcher.home;

import org.jspecify.annotations.NullMarked;
