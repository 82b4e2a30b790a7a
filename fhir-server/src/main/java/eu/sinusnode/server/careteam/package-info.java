/** What the clinics of a patient's care teams may have of the record, when the server acts by itself. */
@NullMarked
package eu.sinusnode.server.careteam;

import org.jspecify.annotations.NullMarked;
