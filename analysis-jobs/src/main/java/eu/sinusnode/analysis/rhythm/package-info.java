/** From RR intervals to the features of one window: artefact filter, windows and heart-rhythm statistics. */
@NullMarked
package eu.sinusnode.analysis.rhythm;

import org.jspecify.annotations.NullMarked;
