/** FHIR packages of others, good, broken and at odds. */
@NullMarked
package eu.sinusnode.profiles.packages;

import org.jspecify.annotations.NullMarked;
