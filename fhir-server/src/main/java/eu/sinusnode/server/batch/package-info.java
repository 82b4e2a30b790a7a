/** Batches: each entry goes the whole way of a request by itself, and one Bundle holds the answers. */
@NullMarked
package eu.sinusnode.server.batch;

import org.jspecify.annotations.NullMarked;
