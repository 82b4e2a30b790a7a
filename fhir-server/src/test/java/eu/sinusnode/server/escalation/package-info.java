/** Tests of what becomes of Tasks that nobody sees to in time. */
@NullMarked
package eu.sinusnode.server.escalation;

import org.jspecify.annotations.NullMarked;
