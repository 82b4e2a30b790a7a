/** Tests of what decides whether a token is good. */
@NullMarked
package eu.sinusnode.server.security;

import org.jspecify.annotations.NullMarked;
