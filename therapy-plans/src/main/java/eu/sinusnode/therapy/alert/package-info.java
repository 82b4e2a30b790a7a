/** What answers to questionnaires of an active plan tell that a clinician looks at, and on which plan they were given; pure. */
@NullMarked
package eu.sinusnode.therapy.alert;

import org.jspecify.annotations.NullMarked;
