/** Keys of the audit: what the journal, the patients' keys and the seals of the chain are made with. */
@NullMarked
package eu.sinusnode.server.audit.crypto;

import org.jspecify.annotations.NullMarked;
