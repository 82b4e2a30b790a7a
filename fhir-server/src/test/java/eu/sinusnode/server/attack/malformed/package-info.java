/** Requests that are not what they should be: bytes, texts, structures, heads. Each has to be refused, and nothing kept. */
@NullMarked
package eu.sinusnode.server.attack.malformed;

import org.jspecify.annotations.NullMarked;
