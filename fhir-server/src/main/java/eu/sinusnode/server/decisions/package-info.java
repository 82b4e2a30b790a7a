/** {@code Patient/[id]/$consent-decision}: why somebody would be given a record, or not, by the Consents and beside them. */
@NullMarked
package eu.sinusnode.server.decisions;

import org.jspecify.annotations.NullMarked;
