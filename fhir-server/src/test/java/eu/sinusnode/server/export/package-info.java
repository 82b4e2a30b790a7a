/** Bulk export over HTTP: what it gives, what it must not give, and what it survives. */
@NullMarked
package eu.sinusnode.server.export;

import org.jspecify.annotations.NullMarked;
