/** The hash chain of the audit: what each event commits to, how days are linked and sealed, and who checks it. */
@NullMarked
package eu.sinusnode.server.audit.chain;

import org.jspecify.annotations.NullMarked;
