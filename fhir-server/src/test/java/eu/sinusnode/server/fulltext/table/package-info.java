@NullMarked
package eu.sinusnode.server.fulltext.table;

import org.jspecify.annotations.NullMarked;
