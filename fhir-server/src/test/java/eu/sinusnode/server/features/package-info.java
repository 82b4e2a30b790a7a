/** Which features of FHIR's RESTful API there are, and which tests show it. */
@NullMarked
package eu.sinusnode.server.features;

import org.jspecify.annotations.NullMarked;
