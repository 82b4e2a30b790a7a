/** The one way out of the server: configured hosts only, at addresses that are checked when they are used. */
@NullMarked
package eu.sinusnode.server.outbound;

import org.jspecify.annotations.NullMarked;
