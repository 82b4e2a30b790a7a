/** Interactions of the RESTful API that HAPI's storage cannot answer as the policies need it: histories, patches, conditions. */
@NullMarked
package eu.sinusnode.server.interactions;

import org.jspecify.annotations.NullMarked;
