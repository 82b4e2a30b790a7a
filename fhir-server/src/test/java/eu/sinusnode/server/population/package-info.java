@NullMarked
package eu.sinusnode.server.population;

import org.jspecify.annotations.NullMarked;
