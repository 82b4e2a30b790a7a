/** Reproducible chance: random draws and name-based ids that depend on the seed, the patient and a topic alone. */
@NullMarked
package eu.sinusnode.sampledata.chance;

import org.jspecify.annotations.NullMarked;
