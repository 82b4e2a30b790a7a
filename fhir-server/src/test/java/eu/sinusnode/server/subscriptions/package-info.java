/** Subscriptions at a running server: who may have one, what its endpoint is told, and what it is never told. */
@NullMarked
package eu.sinusnode.server.subscriptions;

import org.jspecify.annotations.NullMarked;
