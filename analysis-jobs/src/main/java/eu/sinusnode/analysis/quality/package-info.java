/** Which readings of a patient may be used, and why the others are left out. */
@NullMarked
package eu.sinusnode.analysis.quality;

import org.jspecify.annotations.NullMarked;
