/** Batch jobs that read vitals from the FHIR server over HTTP, score them and write risk flags back. */
@NullMarked
package eu.sinusnode.analysis;

import org.jspecify.annotations.NullMarked;
