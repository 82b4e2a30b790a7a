/** Every denial and disclosure as an IHE BALP AuditEvent. */
@NullMarked
package eu.sinusnode.policy.audit;

import org.jspecify.annotations.NullMarked;
