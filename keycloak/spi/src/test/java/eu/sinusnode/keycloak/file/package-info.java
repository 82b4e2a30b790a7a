/** What a realm file is taken apart into, without any Keycloak. */
@NullMarked
package eu.sinusnode.keycloak.file;

import org.jspecify.annotations.NullMarked;
