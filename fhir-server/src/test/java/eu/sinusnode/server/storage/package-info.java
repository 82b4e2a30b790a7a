/** The storage's settings. */
@NullMarked
package eu.sinusnode.server.storage;

import org.jspecify.annotations.NullMarked;
