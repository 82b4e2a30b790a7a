/** Launching an app, over HTTP. */
@NullMarked
package eu.sinusnode.server.launch;

import org.jspecify.annotations.NullMarked;
