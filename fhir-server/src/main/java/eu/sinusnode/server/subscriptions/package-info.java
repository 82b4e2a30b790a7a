/** Subscriptions: their store, their interactions, and the outbox that writes fill. */
@NullMarked
package eu.sinusnode.server.subscriptions;

import org.jspecify.annotations.NullMarked;
