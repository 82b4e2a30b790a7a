/** SMART App Launch against a real Keycloak, as an app, a browser and a FHIR server see it. */
@NullMarked
package eu.sinusnode.keycloak.testkit.smart;

import org.jspecify.annotations.NullMarked;
