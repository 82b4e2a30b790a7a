/** Whoever is erased is in no table, no index and no file afterwards. */
@NullMarked
package eu.sinusnode.server.erasure;

import org.jspecify.annotations.NullMarked;
