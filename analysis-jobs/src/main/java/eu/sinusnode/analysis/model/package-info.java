/** Weka models as they ship: loaded after their hash is checked, with a copy for each thread. */
@NullMarked
package eu.sinusnode.analysis.model;

import org.jspecify.annotations.NullMarked;
