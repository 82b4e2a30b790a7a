/** Repeated uploads: a vital that is sent again is recognised by its identifier and stored once. */
@NullMarked
package eu.sinusnode.server.upload;

import org.jspecify.annotations.NullMarked;
