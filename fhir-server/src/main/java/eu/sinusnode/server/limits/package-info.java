/** How long a request may be worked on, and how slow its client may be. */
@NullMarked
package eu.sinusnode.server.limits;

import org.jspecify.annotations.NullMarked;
