/** A real Keycloak for tests: one a test JVM, with the realm of a small fixed directory. */
@NullMarked
package eu.sinusnode.keycloak.testkit;

import org.jspecify.annotations.NullMarked;
