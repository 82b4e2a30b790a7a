/** Tests of what becomes of sign-offs that nobody decides on in time. */
@NullMarked
package eu.sinusnode.server.escalation;

import org.jspecify.annotations.NullMarked;
