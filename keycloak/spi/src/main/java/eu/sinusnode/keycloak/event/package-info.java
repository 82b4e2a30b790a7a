/** What an answer of Keycloak tells of the event that is kept of it. */
@NullMarked
package eu.sinusnode.keycloak.event;

import org.jspecify.annotations.NullMarked;
