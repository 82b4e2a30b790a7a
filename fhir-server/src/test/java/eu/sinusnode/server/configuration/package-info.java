/** Settings without Spring. */
@NullMarked
package eu.sinusnode.server.configuration;

import org.jspecify.annotations.NullMarked;
