/** Truth tables of alerts. */
@NullMarked
package eu.sinusnode.therapy.alert;

import org.jspecify.annotations.NullMarked;
