/** The index itself: Hibernate Search over Lucene, or over Elasticsearch or OpenSearch. */
@NullMarked
package eu.sinusnode.server.fulltext.index;

import org.jspecify.annotations.NullMarked;
