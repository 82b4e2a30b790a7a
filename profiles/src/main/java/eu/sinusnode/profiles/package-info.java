/** SinusNode's FHIR package: its profiles, terminology and the names that all modules share. */
@NullMarked
package eu.sinusnode.profiles;

import org.jspecify.annotations.NullMarked;
