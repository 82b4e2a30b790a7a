/** The keys and their files. */
@NullMarked
package eu.sinusnode.server.keys;

import org.jspecify.annotations.NullMarked;
