/** Empties the outbox: decides on each event when it is about to leave, and tells it in order, again and again until it is taken. */
@NullMarked
package eu.sinusnode.server.subscriptions.delivery;

import org.jspecify.annotations.NullMarked;
