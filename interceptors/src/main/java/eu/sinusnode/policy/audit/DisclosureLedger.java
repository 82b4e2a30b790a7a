package eu.sinusnode.policy.audit;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one request discloses and writes, kept with it until the answer is about to leave; then {@link AuditInterceptor}
 * puts it into the audit.
 */
public final class DisclosureLedger {

    private static final String KEY = DisclosureLedger.class.getName();

    /** @param within null when the records are what the request itself asked for, else what they were a part of */
    record Happening(
            AuditedInteraction interaction, @Nullable String within) {}

    /** What was noted, and the rules that permitted it, sorted. */
    record Page(Map<Happening, List<AuditedRecord>> records, List<String> rules) {}

    private final Map<Happening, Set<AuditedRecord>> happenings = new LinkedHashMap<>();
    private final Set<String> rules = new TreeSet<>();
    private boolean recorded;

    private DisclosureLedger() {}

    /** Records that leave, or were written; an empty list notes that the interaction happened and found nothing. */
    public static void note(
            RequestDetails request,
            AuditedInteraction interaction,
            @Nullable String within,
            List<AuditedRecord> records) {
        DisclosureLedger ledger = of(request);
        synchronized (ledger) {
            ledger.happenings
                    .computeIfAbsent(new Happening(interaction, within), key -> new LinkedHashSet<>())
                    .addAll(records);
        }
    }

    /** What the answer to the request's own interaction holds. */
    public static void answered(RequestDetails request, List<AuditedRecord> records) {
        note(request, RequestFactsReader.interaction(request.getRestOperationType()), null, records);
    }

    /** The rule by which something of the answer is permitted. */
    public static void permittedBy(RequestDetails request, String rule) {
        DisclosureLedger ledger = of(request);
        synchronized (ledger) {
            ledger.rules.add(rule);
        }
    }

    /** Takes the notes out: each is recorded once. */
    static Page drain(RequestDetails request) {
        DisclosureLedger ledger = of(request);
        synchronized (ledger) {
            Map<Happening, List<AuditedRecord>> drained = new LinkedHashMap<>();
            ledger.happenings.forEach((happening, records) -> drained.put(happening, new ArrayList<>(records)));
            ledger.happenings.clear();
            return new Page(drained, List.copyOf(ledger.rules));
        }
    }

    /** Remembers that the request stands in the audit. */
    static void recorded(RequestDetails request) {
        of(request).recorded = true;
    }

    /** Whether the request stands in the audit already. */
    public static boolean isRecorded(RequestDetails request) {
        return of(request).recorded;
    }

    private static DisclosureLedger of(RequestDetails request) {
        return (DisclosureLedger) request.getUserData().computeIfAbsent(KEY, key -> new DisclosureLedger());
    }
}
