/** Generates a cohort of synthetic cardiac patients as transaction bundles: the same seed gives the same bytes. */
@NullMarked
package eu.sinusnode.sampledata;

import org.jspecify.annotations.NullMarked;
