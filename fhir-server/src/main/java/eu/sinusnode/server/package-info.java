/** SinusNode's one server process. */
@NullMarked
package eu.sinusnode.server;

import org.jspecify.annotations.NullMarked;
