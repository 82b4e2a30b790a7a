/** Keycloak's events in the audit, from a Keycloak that answers as the real one does. */
@NullMarked
package eu.sinusnode.server.audit.login;

import org.jspecify.annotations.NullMarked;
