/** The server behind the ports: tokens, retries, reading streams and transactions over HTTP. */
@NullMarked
package eu.sinusnode.analysis.http;

import org.jspecify.annotations.NullMarked;
