/** Repeated uploads: what its sender sends again is recognised by its identifier, and stored once. */
@NullMarked
package eu.sinusnode.server.upload;

import org.jspecify.annotations.NullMarked;
