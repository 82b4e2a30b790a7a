/** The {@code launch} value of an EHR launch: a signed statement of the FHIR server, checked in every respect. */
@NullMarked
package eu.sinusnode.keycloak.launch;

import org.jspecify.annotations.NullMarked;
