@NullMarked
package eu.sinusnode.therapy.reminder;

import org.jspecify.annotations.NullMarked;
