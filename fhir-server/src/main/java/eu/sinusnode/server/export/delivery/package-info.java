/** Gives files out: what they hold is decided once more while they leave. */
@NullMarked
package eu.sinusnode.server.export.delivery;

import org.jspecify.annotations.NullMarked;
