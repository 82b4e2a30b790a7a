/** Where the network ends: TLS, origins, headers, rates, times, and errors before a request reaches FHIR. */
@NullMarked
package eu.sinusnode.server.edge;

import org.jspecify.annotations.NullMarked;
