/** Pages of HTML as PDF, without a look at anything outside. */
@NullMarked
package eu.sinusnode.server.print;

import org.jspecify.annotations.NullMarked;
