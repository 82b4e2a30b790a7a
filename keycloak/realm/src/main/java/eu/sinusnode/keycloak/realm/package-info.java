/** Who may ask for a token and what it says: registrations, people, their secrets, and the realm file made of them. */
@NullMarked
package eu.sinusnode.keycloak.realm;

import org.jspecify.annotations.NullMarked;
