package eu.sinusnode.server.recording;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.consent.ConsentCompiler;
import eu.sinusnode.policy.consent.Validity;
import eu.sinusnode.policy.consent.Withdrawal;
import eu.sinusnode.server.projection.RunningTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Reference;

/**
 * Carries out a signed withdrawal in the transaction that stores it: what it names ends, or, if it names nothing, whatever
 * the recorder's Organization is permitted by what was given before it was signed.
 */
final class PaperWithdrawals {

    private static final String PERMITTING = """
            SELECT d.consent::text FROM sinusnode.directive d WHERE d.patient = ?::uuid AND d.effect = 'p'
            UNION
            SELECT t.consent::text FROM sinusnode.team_directive t WHERE t.patient = ?::uuid AND t.effect = 'p'
            ORDER BY 1
            """;

    private final RunningTransaction transaction;
    private final StoredRecords stored;
    private final IFhirResourceDao<Consent> consents;
    private final ConsentCompiler compiler;

    PaperWithdrawals(RunningTransaction transaction, StoredRecords stored, DaoRegistry daos, ConsentCompiler compiler) {
        this.transaction = transaction;
        this.stored = stored;
        this.consents = daos.getResourceDao(Consent.class);
        this.compiler = compiler;
    }

    /**
     * @param paper a withdrawal that was checked and is stored
     * @return the Consents that have a new version by it
     */
    List<AuditedRecord> carryOut(Consent paper, String organizationId) {
        String patientId = paper.getPatient().getReferenceElement().getIdPart();
        Reference document = new Reference("Consent/" + paper.getIdElement().getIdPart());
        List<Reference> named = Withdrawal.named(paper);
        boolean all = named.isEmpty();
        Withdrawal withdrawal = all
                ? Withdrawal.from(compiler, "Organization/" + organizationId, document)
                : Withdrawal.ofAll(compiler, document);
        List<String> ids = all
                ? transaction.queryForList(PERMITTING, String.class, patientId, patientId)
                : named.stream()
                        .map(reference -> reference.getReferenceElement().getIdPart())
                        .distinct()
                        .toList();
        Instant signed = Objects.requireNonNull(
                Validity.ofMoment(paper.getDateTimeElement()).to(), "a moment ends");
        List<AuditedRecord> changed = new ArrayList<>();
        for (String id : ids) {
            stored.current("Consent", id)
                    .map(Consent.class::cast)
                    .filter(consent -> !all || isGivenBefore(consent, signed))
                    .flatMap(withdrawal::of)
                    .ifPresent(left -> changed.add(store(left, patientId)));
        }
        return changed;
    }

    /** What the patient has given since is a later will than the paper. */
    private static boolean isGivenBefore(Consent consent, Instant signed) {
        return Optional.ofNullable(consent.getDateTimeElement().getValue())
                .map(given -> Validity.ofMoment(consent.getDateTimeElement()).from())
                .filter(given -> !given.isBefore(signed))
                .isEmpty();
    }

    /** In place of the version that was read, and of no other. */
    private AuditedRecord store(Consent left, String patientId) {
        IIdType id = consents.update(left, new SystemRequestDetails()).getId();
        return new AuditedRecord(patientId, "Consent", id.getIdPart(), id.getVersionIdPart());
    }
}
