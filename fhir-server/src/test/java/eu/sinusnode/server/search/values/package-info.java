@NullMarked
package eu.sinusnode.server.search.values;

import org.jspecify.annotations.NullMarked;
