/** Attacks on the running server: what nobody may learn, and tokens that nobody may use. */
@NullMarked
package eu.sinusnode.server.attack;

import org.jspecify.annotations.NullMarked;
