/** FHIR over HTTP as a caller with a token speaks it. */
@NullMarked
package eu.sinusnode.launcher.http;

import org.jspecify.annotations.NullMarked;
