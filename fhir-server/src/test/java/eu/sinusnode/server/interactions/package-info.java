/** Answers of our own beside HAPI's, without the storage. */
@NullMarked
package eu.sinusnode.server.interactions;

import org.jspecify.annotations.NullMarked;
