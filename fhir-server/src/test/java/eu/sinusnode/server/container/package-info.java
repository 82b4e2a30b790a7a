/** What the container image's recipe rests on, without a container. */
@NullMarked
package eu.sinusnode.server.container;

import org.jspecify.annotations.NullMarked;
