/** New vital signs, without the storage. */
@NullMarked
package eu.sinusnode.server.vitals;

import org.jspecify.annotations.NullMarked;
