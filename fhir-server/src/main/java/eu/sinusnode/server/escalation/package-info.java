/** Tasks that nobody saw to in time: raised, addressed to the next one who is responsible, and told, once. */
@NullMarked
package eu.sinusnode.server.escalation;

import org.jspecify.annotations.NullMarked;
