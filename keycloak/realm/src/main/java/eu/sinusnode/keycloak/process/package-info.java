/** The real Keycloak as a child process: unpacked, built once, started, watched, stopped. */
@NullMarked
package eu.sinusnode.keycloak.process;

import org.jspecify.annotations.NullMarked;
