@NullMarked
package eu.sinusnode.launcher.therapy;

import org.jspecify.annotations.NullMarked;
