/** What a patient's record holds for the risk models, and the port it is read through. */
@NullMarked
package eu.sinusnode.analysis.reading;

import org.jspecify.annotations.NullMarked;
