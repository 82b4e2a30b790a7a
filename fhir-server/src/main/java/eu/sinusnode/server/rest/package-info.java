/** The FHIR endpoint: what is open, and what the server says of itself. */
@NullMarked
package eu.sinusnode.server.rest;

import org.jspecify.annotations.NullMarked;
