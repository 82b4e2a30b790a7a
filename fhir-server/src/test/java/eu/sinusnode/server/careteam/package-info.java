/** Tests of what a clinic of a care team may have. */
@NullMarked
package eu.sinusnode.server.careteam;

import org.jspecify.annotations.NullMarked;
