/** PostgreSQL, Keycloak, the FHIR server and the job as the launcher runs them. */
@NullMarked
package eu.sinusnode.launcher.service;

import org.jspecify.annotations.NullMarked;
