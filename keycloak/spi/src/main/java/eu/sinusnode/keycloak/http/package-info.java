/** Questions to the FHIR server that end in time and in size. */
@NullMarked
package eu.sinusnode.keycloak.http;

import org.jspecify.annotations.NullMarked;
