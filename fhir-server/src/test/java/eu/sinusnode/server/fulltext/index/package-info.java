@NullMarked
package eu.sinusnode.server.fulltext.index;

import org.jspecify.annotations.NullMarked;
