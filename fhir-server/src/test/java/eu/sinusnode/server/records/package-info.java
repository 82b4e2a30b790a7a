/** Stored records as they leave. */
@NullMarked
package eu.sinusnode.server.records;

import org.jspecify.annotations.NullMarked;
