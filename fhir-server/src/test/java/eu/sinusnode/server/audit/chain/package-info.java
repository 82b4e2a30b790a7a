/** Every kind of tampering is tried on a real chain, by the database's superuser. */
@NullMarked
package eu.sinusnode.server.audit.chain;

import org.jspecify.annotations.NullMarked;
