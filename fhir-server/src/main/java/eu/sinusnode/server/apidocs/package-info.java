/** What tools read to call the server: OpenAPI, a Postman collection, a {@code .http} file and a page, made of the CapabilityStatement. */
@NullMarked
package eu.sinusnode.server.apidocs;

import org.jspecify.annotations.NullMarked;
