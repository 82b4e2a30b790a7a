package eu.sinusnode.policy.audit;

import eu.sinusnode.policy.consent.EmergencyReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one entry of the audit is about: records that were asked for, for one purpose. A request that shows records of a
 * patient who was opened in an emergency, and of others, is two entries: each patient's own tells the truth.
 *
 * @param emergency null for the caller's usual purpose
 */
record ByPurpose(@Nullable EmergencyReason emergency, List<AuditedRecord> records) {

    /** How a rule of an opening begins; without another it is the rule itself. */
    static final String RULE = "break-glass";

    /** One of the usual purpose when there are no records. */
    static List<ByPurpose> of(List<AuditedRecord> records, Map<String, EmergencyReason> emergencies) {
        if (records.isEmpty() || emergencies.isEmpty()) {
            return List.of(new ByPurpose(null, records));
        }
        Map<Optional<EmergencyReason>, List<AuditedRecord>> parts = new LinkedHashMap<>();
        records.forEach(record -> parts.computeIfAbsent(
                        Optional.ofNullable(record.patientId()).map(emergencies::get), none -> new ArrayList<>())
                .add(record));
        return parts.entrySet().stream()
                .map(part -> new ByPurpose(part.getKey().orElse(null), part.getValue()))
                .toList();
    }

    /** Of whom something was refused; of nobody, it is the request that was. */
    static List<ByPurpose> ofPatients(List<String> patientIds, Map<String, EmergencyReason> emergencies) {
        return of(
                patientIds.stream()
                        .map(patient -> new AuditedRecord(patient, "Patient", null, null))
                        .toList(),
                emergencies);
    }

    List<String> patients() {
        return records.stream()
                .map(AuditedRecord::patientId)
                .filter(Objects::nonNull)
                .toList();
    }

    @Nullable
    AuditedCaller of(@Nullable AuditedCaller caller) {
        return caller == null || emergency == null ? caller : caller.in(emergency);
    }

    /** What no rule about the record decided, the access matrix and the scopes alone have. */
    AuditOutcome granted(List<String> rules) {
        List<String> told = rules.stream()
                .filter(rule -> rule.startsWith(RULE) == (emergency != null))
                .toList();
        String otherwise = emergency == null ? "matrix" : RULE;
        return new AuditOutcome.Granted(told.isEmpty() ? otherwise : String.join(", ", told));
    }
}
