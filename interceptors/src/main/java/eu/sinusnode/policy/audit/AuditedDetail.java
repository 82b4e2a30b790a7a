package eu.sinusnode.policy.audit;

/**
 * One thing that a job says of its run, as {@code AuditEvent.entity.detail} has it
 * (https://hl7.org/fhir/R4/auditevent-definitions.html#AuditEvent.entity.detail).
 *
 * @param type e.g. {@code model} or {@code patients}
 * @param value without anything of a patient
 */
public record AuditedDetail(String type, String value) {}
