/** {@code Patient/$break-glass}: a clinician opens one record for a short time without a Consent, and the patient is told. */
@NullMarked
package eu.sinusnode.server.breakglass;

import org.jspecify.annotations.NullMarked;
