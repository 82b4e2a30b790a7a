/** Files of an export on their way out, part by part. */
@NullMarked
package eu.sinusnode.server.export.delivery;

import org.jspecify.annotations.NullMarked;
