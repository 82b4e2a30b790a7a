/** Requests that take too long and clients that are too slow, against a running server. */
@NullMarked
package eu.sinusnode.server.limits;

import org.jspecify.annotations.NullMarked;
