/** When something that was planned is due: FHIR timings, in the patient's days and time zone. */
@NullMarked
package eu.sinusnode.therapy.timing;

import org.jspecify.annotations.NullMarked;
