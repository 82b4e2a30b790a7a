@NullMarked
package eu.sinusnode.server.fulltext;

import org.jspecify.annotations.NullMarked;
