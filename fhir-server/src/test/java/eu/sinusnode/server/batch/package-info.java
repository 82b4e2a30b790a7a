/** Batches without storage. */
@NullMarked
package eu.sinusnode.server.batch;

import org.jspecify.annotations.NullMarked;
