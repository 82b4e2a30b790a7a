/** The whole server over real HTTP on a real PostgreSQL, with tokens that a test key signed. */
@NullMarked
package eu.sinusnode.server.http;

import org.jspecify.annotations.NullMarked;
