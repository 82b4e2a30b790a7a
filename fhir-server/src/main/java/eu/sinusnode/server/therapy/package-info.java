/** Therapy plans on the server: programmes in its directory, and plans that are made of them in the name of a clinician. */
@NullMarked
package eu.sinusnode.server.therapy;

import org.jspecify.annotations.NullMarked;
