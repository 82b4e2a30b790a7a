package eu.sinusnode.policy.audit;

import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.World;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Entries of the audit by the people of the {@link World}. */
final class Entries {

    static final String ID = "3f0c9d5e-0d3f-4a56-8f3e-2f2f5a1c7b11";

    private Entries() {}

    static AuditedCaller clinician() {
        return AuditedCaller.of(Callers.caller(Callers.clinician(World.CLINIC)));
    }

    static AuditedCaller patient(String id) {
        return AuditedCaller.of(Callers.caller(Callers.patient(id)));
    }

    static AuditedCaller insurer() {
        return AuditedCaller.of(Callers.caller(Callers.insurer()));
    }

    static AuditedCaller job() {
        return AuditedCaller.of(Callers.caller(Callers.job()));
    }

    static AuditEntry granted(
            AuditedInteraction interaction,
            @Nullable String operation,
            @Nullable AuditedCaller caller,
            List<AuditedRecord> records) {
        return entry(request(interaction, operation), caller, new AuditOutcome.Granted("consent"), records);
    }

    static AuditEntry denied(
            AuditedInteraction interaction, @Nullable AuditedCaller caller, String code, String patientId) {
        return entry(
                request(interaction, null),
                caller,
                new AuditOutcome.Denied(code, "for this reason"),
                List.of(new AuditedRecord(patientId, "Observation", "hr", null)));
    }

    static AuditEntry entry(
            RequestFacts request, @Nullable AuditedCaller caller, AuditOutcome outcome, List<AuditedRecord> records) {
        return new AuditEntry(ID, World.NOW, request, caller, outcome, records);
    }

    /** Searches and bulk answers with a query, all others with the path of one Observation. */
    static RequestFacts request(AuditedInteraction interaction, @Nullable String operation) {
        boolean asks = interaction == AuditedInteraction.SEARCH || interaction == AuditedInteraction.BULK;
        return new RequestFacts(
                "request-7",
                interaction,
                operation,
                "Observation",
                asks ? null : "hr",
                asks ? "Observation?code=8867-4&patient=~k.x" : null,
                asks ? "GET" : null,
                "192.0.2.7",
                null);
    }

    static List<AuditedRecord> many(String patientId, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new AuditedRecord(patientId, "Observation", "o" + i, "1"))
                .toList();
    }
}
