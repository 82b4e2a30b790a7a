/** Beat-to-beat intervals of five-minute recordings in sinus rhythm, with ectopy and in atrial fibrillation. */
@NullMarked
package eu.sinusnode.sampledata.rhythm;

import org.jspecify.annotations.NullMarked;
