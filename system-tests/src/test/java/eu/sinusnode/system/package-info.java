/** The whole: real Keycloak, real PostgreSQL, the real server and job as processes, driven as the launcher drives them. */
@NullMarked
package eu.sinusnode.system;

import org.jspecify.annotations.NullMarked;
