package eu.sinusnode.policy.audit;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Denials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The refusals of one request, kept with it until the answer is about to leave; then {@link AuditInterceptor} puts them
 * into the audit, outside of any database transaction of the request itself.
 */
public final class DenialLedger {

    private static final String KEY = DenialLedger.class.getName();

    record Entry(Decision.Deny deny, @Nullable String patientId) {}

    private final List<Entry> entries = new ArrayList<>();

    private DenialLedger() {}

    /** @param patientId the patient whose record was refused, or null when the refusal concerns the request */
    public static void note(RequestDetails request, Decision.Deny deny, @Nullable String patientId) {
        DenialLedger ledger = (DenialLedger) request.getUserData().computeIfAbsent(KEY, key -> new DenialLedger());
        synchronized (ledger) {
            ledger.entries.add(new Entry(deny, patientId));
        }
    }

    /** Notes the refusal and gives the exception that answers it. */
    public static BaseServerResponseException refuse(
            RequestDetails request, Decision.Deny deny, @Nullable String patientId) {
        note(request, deny, patientId);
        return Denials.exception(deny, path(request));
    }

    /** {@code Type/id} as the request names it. */
    public static String path(RequestDetails request) {
        String id = request.getId() == null ? null : request.getId().getIdPart();
        return id == null ? String.valueOf(request.getResourceName()) : request.getResourceName() + "/" + id;
    }

    /** Whether something of the patient was refused and is not in the audit yet. */
    public static boolean concerns(RequestDetails request, String patientId) {
        DenialLedger ledger = (DenialLedger) request.getUserData().get(KEY);
        if (ledger == null) {
            return false;
        }
        synchronized (ledger) {
            return ledger.entries.stream().anyMatch(entry -> patientId.equals(entry.patientId()));
        }
    }

    /** Takes the refusals out, each with the patients that it concerns: each is recorded once. */
    static Map<Decision.Deny, List<String>> drain(RequestDetails request) {
        DenialLedger ledger = (DenialLedger) request.getUserData().get(KEY);
        if (ledger == null) {
            return Map.of();
        }
        synchronized (ledger) {
            Map<Decision.Deny, List<String>> drained = new LinkedHashMap<>();
            for (Entry entry : new LinkedHashSet<>(ledger.entries)) {
                List<String> patients = drained.computeIfAbsent(entry.deny(), deny -> new ArrayList<>());
                if (entry.patientId() != null) {
                    patients.add(entry.patientId());
                }
            }
            ledger.entries.clear();
            return drained;
        }
    }
}
