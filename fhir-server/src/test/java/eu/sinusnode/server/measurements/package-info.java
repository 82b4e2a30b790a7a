/** What is computed of a patient's measurements. */
@NullMarked
package eu.sinusnode.server.measurements;

import org.jspecify.annotations.NullMarked;
