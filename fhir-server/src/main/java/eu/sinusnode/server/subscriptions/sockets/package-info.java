/** Websockets on which clients wait for notifications: how one is bound, how long it may stay, and what is written to it. */
@NullMarked
package eu.sinusnode.server.subscriptions.sockets;

import org.jspecify.annotations.NullMarked;
