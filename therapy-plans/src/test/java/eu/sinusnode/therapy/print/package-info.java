@NullMarked
package eu.sinusnode.therapy.print;

import org.jspecify.annotations.NullMarked;
