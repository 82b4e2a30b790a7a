/** What operators see: readiness, metrics and one log line a request, never content, ids or names. */
@NullMarked
package eu.sinusnode.server.observability;

import org.jspecify.annotations.NullMarked;
