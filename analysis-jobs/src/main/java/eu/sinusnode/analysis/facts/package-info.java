/** What a patient's record says beside vital readings: diagnoses, medication, laboratory values and the person. */
@NullMarked
package eu.sinusnode.analysis.facts;

import org.jspecify.annotations.NullMarked;
