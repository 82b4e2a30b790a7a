/** An audit of its own for a test: journal, store and verifier on a database of its own. */
@NullMarked
package eu.sinusnode.server.audit.testing;

import org.jspecify.annotations.NullMarked;
