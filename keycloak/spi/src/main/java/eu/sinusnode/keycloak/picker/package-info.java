/** The patients whom a user may choose from, as the FHIR server lists them to that user. */
@NullMarked
package eu.sinusnode.keycloak.picker;

import org.jspecify.annotations.NullMarked;
