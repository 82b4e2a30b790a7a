/** Who is in the cohort: persons, their homes and numbers, and the institutions that treat, insure and analyse. */
@NullMarked
package eu.sinusnode.sampledata.people;

import org.jspecify.annotations.NullMarked;
