package eu.sinusnode.server.recording;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.consent.Withdrawal;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Consent;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to store Consents of a patient. A signed withdrawal ends what is stored when it is carried out. What
 * another transaction is storing just then it does not see, and that would stay open although it was stored first. So a
 * withdrawal waits for those who are storing a Consent of the patient, and those who come later wait for the withdrawal;
 * who wanted to change what it has ended fails by the version then. Who withdraws nothing waits for nobody else: among
 * those the storage's versions are enough.
 *
 * <p>The lock is taken before any row of a Consent is, so that nobody who holds such a row waits for it. It is
 * PostgreSQL's, the same for all nodes, and falls with its transaction.
 */
@Interceptor
public final class ConsentTurns {

    private static final String KEY = "hashtextextended('sinusnode.consents/' || ?, 0)";

    private static final String TOGETHER = "SELECT pg_advisory_xact_lock_shared(" + KEY + ")::text";

    private static final String ALONE = "SELECT pg_advisory_xact_lock(" + KEY + ")::text";

    private final RunningTransaction transaction;

    ConsentTurns(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void created(IBaseResource resource, @Nullable RequestDetails request) {
        if (resource instanceof Consent consent) {
            await(consent, isRecorder(request) && Withdrawal.isOne(consent) ? ALONE : TOGETHER);
        }
    }

    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    public void updated(@Nullable IBaseResource before, IBaseResource resource, @Nullable RequestDetails request) {
        if (resource instanceof Consent consent) {
            await(consent, TOGETHER);
        }
    }

    /** A patient who is stored in the same transaction is named by no id yet, and by no withdrawal. */
    private void await(Consent consent, String lock) {
        ResourceIds.referenced(consent.getPatient(), "Patient")
                .ifPresent(patient -> transaction.queryForList(lock, String.class, patient));
    }

    private static boolean isRecorder(@Nullable RequestDetails request) {
        return request != null
                && CurrentCaller.find(request)
                        .map(Caller::kind)
                        .filter(CallerKind.CONSENT_RECORDER::equals)
                        .isPresent();
    }
}
