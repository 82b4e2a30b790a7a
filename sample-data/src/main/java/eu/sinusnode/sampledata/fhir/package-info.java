/** Writes the cohort as compact FHIR R4 JSON, straight to bytes. */
@NullMarked
package eu.sinusnode.sampledata.fhir;

import org.jspecify.annotations.NullMarked;
