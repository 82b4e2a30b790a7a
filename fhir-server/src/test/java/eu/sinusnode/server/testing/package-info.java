/** What tests of all kinds stand on. */
@NullMarked
package eu.sinusnode.server.testing;

import org.jspecify.annotations.NullMarked;
