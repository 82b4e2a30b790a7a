/** The audit over FHIR: searches of auditors, who was affected, and a patient's access log. */
@NullMarked
package eu.sinusnode.server.audit.reading;

import org.jspecify.annotations.NullMarked;
