/** Matching: its parts, its figures, and over HTTP. */
@NullMarked
package eu.sinusnode.server.matching;

import org.jspecify.annotations.NullMarked;
