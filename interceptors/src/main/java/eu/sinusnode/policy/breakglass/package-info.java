/** Whether a clinician may open one patient's record for a short time although no Consent permits it. */
@NullMarked
package eu.sinusnode.policy.breakglass;

import org.jspecify.annotations.NullMarked;
