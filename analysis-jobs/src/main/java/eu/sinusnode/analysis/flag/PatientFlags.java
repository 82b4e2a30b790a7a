package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.calendar.WorkingDays;
import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.risk.ModelIdentity;
import eu.sinusnode.analysis.risk.PatientFeatures;
import eu.sinusnode.analysis.risk.PatientScores;
import eu.sinusnode.analysis.risk.RiskResult;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Task;

/**
 * Decides for one patient what has to be written, from the results and the flags that are there.
 *
 * <p>An open flag whose content is the same stays; with other content it becomes a new version; one that is no longer
 * met is cancelled. What a clinician has signed off is never touched: only another value raises a flag again. A risk
 * that could not be computed leaves an open flag as it is.
 */
final class PatientFlags {

    /** The job as a whole, author of the summaries. */
    static final ModelIdentity JOB =
            new ModelIdentity(Codes.NOT_COMPUTABLE_SUMMARY, "risk-scoring-job", "1.0.0", "Risk scoring job", null);

    private static final Set<ObservationStatus> OPEN =
            EnumSet.of(ObservationStatus.PRELIMINARY, ObservationStatus.REGISTERED);
    private static final Set<ObservationStatus> SIGNED = EnumSet.of(
            ObservationStatus.FINAL,
            ObservationStatus.AMENDED,
            ObservationStatus.CORRECTED,
            ObservationStatus.ENTEREDINERROR);
    private static final Set<Task.TaskStatus> CLOSED = EnumSet.of(
            Task.TaskStatus.CANCELLED,
            Task.TaskStatus.COMPLETED,
            Task.TaskStatus.REJECTED,
            Task.TaskStatus.FAILED,
            Task.TaskStatus.ENTEREDINERROR);

    private final FlagStore store;
    private final PatientScores scores;
    private final List<Observation> stored;
    private final Instant now;
    private final FlagTransaction transaction;
    private FlagChanges changes = FlagChanges.NONE;

    private PatientFlags(
            FlagStore store, PatientScores scores, List<Observation> stored, Instant now, WorkingDays workingDays) {
        this.store = store;
        this.scores = scores;
        this.now = now;
        this.stored = stored;
        this.transaction = new FlagTransaction(now, workingDays);
    }

    /**
     * @param stored every flag and summary of the patient that is there
     * @param workingDays by which a sign-off becomes due
     */
    static PatientFlags decide(
            FlagStore store, PatientScores scores, List<Observation> stored, Instant now, WorkingDays workingDays) {
        PatientFlags flags = new PatientFlags(store, scores, stored, now, workingDays);
        flags.changes = flags.decide();
        return flags;
    }

    /** What has to be written; without entries when all is as it should be. */
    Bundle bundle() {
        return transaction.bundle();
    }

    FlagChanges changes() {
        return changes;
    }

    PatientScores scores() {
        return scores;
    }

    /** Whether all that has to be written is a summary that was not there. */
    boolean isNewSummaryAlone() {
        List<BundleEntryComponent> entries = bundle().getEntry();
        return entries.size() == 1
                && entries.get(0).getRequest().getMethod() == HTTPVerb.POST
                && entries.get(0).getResource() instanceof Observation summary
                && FlagContent.isSummary(summary);
    }

    private FlagChanges decide() {
        FlagChanges decided = scores.withheld().isEmpty() ? FlagChanges.NONE : new FlagChanges(0, 0, 0, 0, 0, 1, 0, 0);
        for (RiskResult result : scores.results()) {
            if (result instanceof RiskResult.Raised raised) {
                decided = decided.plus(raise(raised));
            } else if (result instanceof RiskResult.Clear clear) {
                decided = decided.plus(withdraw(clear.model().risk(), clear.reason()));
            } else if (result instanceof RiskResult.NotApplicable not) {
                decided = decided.plus(withdraw(not.model().risk(), not.reason()));
            } else if (result instanceof RiskResult.InShadow shadow) {
                decided = decided.plus(new FlagChanges(0, 0, 0, 0, 0, 0, 0, shadow.raised() ? 1 : 0));
            } else if (result instanceof RiskResult.NotComputable) {
                decided = decided.plus(new FlagChanges(0, 0, 0, 0, 1, 0, 0, 0));
            }
        }
        summarise();
        return decided;
    }

    private FlagChanges raise(RiskResult.Raised raised) {
        String device = store.deviceOf(raised.model());
        Observation flag = FlagComposer.flag(scores.patient(), raised, device, now);
        Optional<Observation> open = newest(raised.model().risk(), OPEN);
        if (open.isPresent()) {
            return change(open.get(), flag, raised, device);
        }
        Optional<Observation> signed = newest(raised.model().risk(), SIGNED);
        if (signed.isPresent() && sameValue(signed.get(), flag)) {
            return new FlagChanges(0, 0, 1, 0, 0, 0, 0, 0);
        }
        ReplayManifest manifest = manifest(flag, raised);
        Optional<Observation> cancelled = newest(raised.model().risk(), EnumSet.of(ObservationStatus.CANCELLED));
        String reference = cancelled.isPresent()
                ? transaction.update(flag, cancelled.get())
                : transaction.create(
                        flag, "flag|" + flag.getIdentifierFirstRep().getValue());
        accompany(reference, raised, manifest, device);
        String focus = cancelled.isPresent() ? versionless(cancelled.get()) : reference;
        transaction.signOff(
                focus,
                raised.finding(),
                device,
                scores.patient(),
                raised.model().risk());
        return new FlagChanges(1, 0, 0, 0, 0, 0, 0, 0);
    }

    private FlagChanges change(Observation open, Observation flag, RiskResult.Raised raised, String device) {
        if (FlagContent.same(open, flag)) {
            return new FlagChanges(0, 0, 1, 0, 0, 0, 0, 0);
        }
        ReplayManifest manifest = manifest(flag, raised);
        accompany(transaction.update(flag, open), raised, manifest, device);
        if (openTasks(open).isEmpty()) {
            transaction.signOff(
                    versionless(open),
                    raised.finding(),
                    device,
                    scores.patient(),
                    raised.model().risk());
        }
        return new FlagChanges(0, 1, 0, 0, 0, 0, 0, 0);
    }

    /** Of a flag that will be written; the flag names it from here on. */
    private ReplayManifest manifest(Observation flag, RiskResult.Raised raised) {
        ReplayManifest manifest = ReplayManifest.of(raised, scores.given(raised));
        FlagComposer.addManifest(flag, manifest);
        return manifest;
    }

    private void accompany(String flag, RiskResult.Raised raised, ReplayManifest manifest, String device) {
        transaction.provenance(
                flag,
                raised.finding(),
                manifest,
                device,
                scores.patient(),
                raised.model().risk());
    }

    private FlagChanges withdraw(String risk, String reason) {
        Optional<Observation> open = newest(risk, OPEN);
        if (open.isEmpty()) {
            return FlagChanges.NONE;
        }
        transaction.cancel(open.get(), reason);
        openTasks(open.get()).forEach(task -> transaction.cancel(task, reason));
        return new FlagChanges(0, 0, 0, 1, 0, 0, 0, 0);
    }

    private void summarise() {
        List<RiskResult.NotComputable> missing = scores.results().stream()
                .filter(RiskResult.NotComputable.class::isInstance)
                .map(RiskResult.NotComputable.class::cast)
                .toList();
        Optional<Observation> existing = newest(Codes.NOT_COMPUTABLE_SUMMARY, EnumSet.allOf(ObservationStatus.class));
        if (missing.isEmpty()) {
            existing.filter(summary -> OPEN.contains(summary.getStatus()))
                    .ifPresent(summary -> transaction.cancel(summary, "Every risk could be computed."));
            return;
        }
        Observation summary = FlagComposer.summary(
                scores.patient(), JOB, missing, store.deviceOf(JOB), now.minus(PatientFeatures.WINDOW), now);
        Optional<Observation> own = existing.filter(known -> !SIGNED.contains(known.getStatus()));
        if (own.isPresent()) {
            if (!FlagContent.same(own.get(), summary)) {
                transaction.update(summary, own.get());
            }
        } else if (existing.isEmpty() || !FlagContent.sameApartFromStatus(existing.get(), summary)) {
            transaction.create(
                    summary, "flag|" + summary.getIdentifierFirstRep().getValue());
        }
    }

    private Optional<Observation> newest(String risk, Set<ObservationStatus> statuses) {
        Identifier identifier = FlagIdentifiers.flag(risk, scores.patient());
        return stored.stream()
                .filter(flag -> FlagIdentifiers.has(flag, identifier) && statuses.contains(flag.getStatus()))
                .max(Comparator.comparing(Observation::getIssued));
    }

    private List<Task> openTasks(Observation flag) {
        String focus = versionless(flag);
        return store.signOffTasksOf(scores.patient()).stream()
                .filter(task -> !CLOSED.contains(task.getStatus()))
                .filter(task -> focus.equals(task.getFocus()
                        .getReferenceElement()
                        .toUnqualifiedVersionless()
                        .getValue()))
                .toList();
    }

    private static boolean sameValue(Observation one, Observation other) {
        return one.getValueCodeableConcept()
                .getCodingFirstRep()
                .getCode()
                .equals(other.getValueCodeableConcept().getCodingFirstRep().getCode());
    }

    private static String versionless(Observation flag) {
        return flag.getIdElement().toUnqualifiedVersionless().getValue();
    }
}
