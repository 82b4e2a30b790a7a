/** What a patient has and owns: diagnoses, rhythm, treatment, devices, adherence and consent. */
@NullMarked
package eu.sinusnode.sampledata.clinical;

import org.jspecify.annotations.NullMarked;
