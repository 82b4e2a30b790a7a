/** FHIR packages of others, read from a folder: what a resource that claims one of their profiles is checked against. */
@NullMarked
package eu.sinusnode.profiles.packages;

import org.jspecify.annotations.NullMarked;
