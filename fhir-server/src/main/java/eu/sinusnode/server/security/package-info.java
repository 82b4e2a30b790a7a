/** Who may come in at all: verified tokens, and the few paths that need none. */
@NullMarked
package eu.sinusnode.server.security;

import org.jspecify.annotations.NullMarked;
