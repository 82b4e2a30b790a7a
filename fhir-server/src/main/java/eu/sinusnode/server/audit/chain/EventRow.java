package eu.sinusnode.server.audit.chain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code sinusnode.audit_event} but for its place in the chain; the columns' comments say what each one is.
 *
 * @param recorded to the millisecond
 * @param ledger lines of {@code sinusnode.audit_ledger}, when the event stands for a bulk answer
 */
public record EventRow(
        UUID id,
        Instant recorded,
        @Nullable UUID subject,
        @Nullable UUID agentSubject,
        List<String> type,
        List<String> subtype,
        @Nullable String action,
        @Nullable String outcome,
        @Nullable String client,
        List<String> agent,
        List<String> agentName,
        List<String> entity,
        @Nullable String denialCode,
        @Nullable String requestId,
        String resource,
        byte @Nullable [] sealed,
        byte @Nullable [] agentSealed,
        List<LedgerRow> ledger) {

    /**
     * One person's part in a bulk answer.
     *
     * @param records how many lines of what was recorded it stands for
     * @param sealed the person's part of what was recorded, encrypted with the person's key
     */
    public record LedgerRow(UUID subject, int records, byte[] sealed) {}

    private static final Comparator<LedgerRow> ORDER =
            Comparator.comparing(line -> line.subject().toString());

    /** Null when there are no lines. */
    public byte @Nullable [] ledgerDigest() {
        return ledgerDigest(ledger);
    }

    public static byte @Nullable [] ledgerDigest(List<LedgerRow> lines) {
        if (lines.isEmpty()) {
            return null;
        }
        Digests.Layout layout = new Digests.Layout("sinusnode audit ledger 1");
        lines.stream().sorted(ORDER).forEach(line -> layout.id(line.subject())
                .number(line.records())
                .bytes(line.sealed()));
        return Digests.sha256(layout.toBytes());
    }

    /** What the chain keeps of the row. Without the salt it says nothing, not even to one who guesses the row. */
    public byte[] commitment(byte[] salt, LocalDate day, long position) {
        return commitment(salt, day, position, ledgerDigest());
    }

    /** @param ledgerDigest as stored, so that lines can be checked apart from their event */
    public byte[] commitment(byte[] salt, LocalDate day, long position, byte @Nullable [] ledgerDigest) {
        Digests.Layout layout = new Digests.Layout("sinusnode audit event 1")
                .day(day)
                .number(position)
                .id(id)
                .instant(recorded)
                .id(subject)
                .id(agentSubject)
                .texts(type)
                .texts(subtype)
                .text(action)
                .text(outcome)
                .text(client)
                .texts(agent)
                .texts(agentName)
                .texts(entity)
                .text(denialCode)
                .text(requestId)
                .text(resource)
                .bytes(sealed)
                .bytes(agentSealed)
                .bytes(ledgerDigest);
        return Digests.sha256(salt, layout.toBytes());
    }
}
