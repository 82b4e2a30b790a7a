/** Whether all of a body is FHIR R4, so that what is stored is what was sent: a parser would leave out what it does not know. */
@NullMarked
package eu.sinusnode.policy.validation.form;

import org.jspecify.annotations.NullMarked;
