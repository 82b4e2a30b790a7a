/** Logins and what else happens at Keycloak, brought into the audit. */
@NullMarked
package eu.sinusnode.server.audit.login;

import org.jspecify.annotations.NullMarked;
