/** Where data may go, as the operator signed it: read and checked before anything is called, and attested. */
@NullMarked
package eu.sinusnode.server.residency;

import org.jspecify.annotations.NullMarked;
