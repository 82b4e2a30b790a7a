/** Rules on the server as a whole. */
@NullMarked
package eu.sinusnode.server;

import org.jspecify.annotations.NullMarked;
