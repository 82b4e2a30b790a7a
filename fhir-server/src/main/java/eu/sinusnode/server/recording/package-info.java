/** Telling a patient what a consent recorder has written down in the patient's name. */
@NullMarked
package eu.sinusnode.server.recording;

import org.jspecify.annotations.NullMarked;
