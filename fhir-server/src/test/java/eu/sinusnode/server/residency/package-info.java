@NullMarked
package eu.sinusnode.server.residency;

import org.jspecify.annotations.NullMarked;
