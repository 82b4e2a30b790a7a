/** One patient's record in one request, over HTTP. */
@NullMarked
package eu.sinusnode.server.everything;

import org.jspecify.annotations.NullMarked;
