/** The server's own keys: one a purpose, in files that only the server's user can read, rotated by command. */
@NullMarked
package eu.sinusnode.server.keys;

import org.jspecify.annotations.NullMarked;
