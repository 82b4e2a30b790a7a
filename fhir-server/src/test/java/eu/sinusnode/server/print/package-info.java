@NullMarked
package eu.sinusnode.server.print;

import org.jspecify.annotations.NullMarked;
