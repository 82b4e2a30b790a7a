/** Tables that follow stored resources, on a real PostgreSQL. */
@NullMarked
package eu.sinusnode.server.projection;

import org.jspecify.annotations.NullMarked;
