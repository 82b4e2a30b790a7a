@NullMarked
package eu.sinusnode.server.merging;

import org.jspecify.annotations.NullMarked;
