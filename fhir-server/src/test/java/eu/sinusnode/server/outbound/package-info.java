/** What the server's way out refuses. */
@NullMarked
package eu.sinusnode.server.outbound;

import org.jspecify.annotations.NullMarked;
