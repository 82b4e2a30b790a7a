package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.calendar.WorkingDays;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.PatientScores;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes raised and changed flags, those of many patients in one transaction. When that was not taken, or it is not known
 * whether it was, each patient's come in a transaction of their own, after what is there was read again: nothing is written
 * twice, and nobody suffers from another one's fault. What another run has written since the patients were read is not
 * written over: it may have known more. May be called by many threads, each with patients of its own.
 */
public final class FlagWriter implements ScoreSink {

    private static final Logger LOG = LoggerFactory.getLogger(FlagWriter.class);

    /** A transaction holds its locks and its memory until it is over. */
    private static final int MOST_TOGETHER = 50;

    private final FlagStore store;
    private final Retry retry;
    private final Clock clock;
    private final WorkingDays workingDays;

    /** With the holidays that all of Germany keeps. */
    public FlagWriter(FlagStore store, Retry retry, Clock clock) {
        this(store, retry, clock, new WorkingDays(null));
    }

    /** @param workingDays by which a sign-off becomes due */
    public FlagWriter(FlagStore store, Retry retry, Clock clock, WorkingDays workingDays) {
        this.store = store;
        this.retry = retry;
        this.clock = clock;
        this.workingDays = workingDays;
    }

    /** Two machines' clocks have to agree to less than what lies between reading and writing. */
    @Override
    public FlagChanges write(List<PatientScores> range, Set<String> unflagged, Instant readAt) {
        FlagChanges changes = FlagChanges.NONE;
        for (int first = 0; first < range.size(); first += MOST_TOGETHER) {
            List<PatientScores> together = range.subList(first, Math.min(range.size(), first + MOST_TOGETHER));
            changes = changes.plus(writeTogether(together, unflagged, readAt));
        }
        return changes;
    }

    /** Those of whom there is nothing but a new summary by themselves: the server stores such transactions fastest. */
    private FlagChanges writeTogether(List<PatientScores> patients, Set<String> unflagged, Instant readAt) {
        List<PatientFlags> decided;
        try {
            decided = decide(patients, unflagged, readAt);
        } catch (TransientFailure | WriteRefused notTogether) {
            return patients.stream()
                    .map(scores -> writeAlone(scores, readAt))
                    .reduce(FlagChanges.NONE, FlagChanges::plus);
        }
        return decided.stream().collect(Collectors.partitioningBy(PatientFlags::isNewSummaryAlone)).values().stream()
                .map(flags -> store(flags, readAt))
                .reduce(FlagChanges.NONE, FlagChanges::plus);
    }

    private List<PatientFlags> decide(List<PatientScores> patients, Set<String> unflagged, Instant readAt) {
        Instant now = clock.instant();
        List<String> flagged = patients.stream()
                .map(PatientScores::patient)
                .filter(patient -> !unflagged.contains(patient))
                .toList();
        Map<String, List<Observation>> found = store.flagsOfMany(flagged);
        List<PatientFlags> decided = new ArrayList<>();
        for (PatientScores scores : patients) {
            List<Observation> stored = found.get(scores.patient());
            if (stored == null) {
                stored = unflagged.contains(scores.patient()) ? List.of() : store.flagsOf(scores.patient());
            }
            decided.add(decide(scores, stored, now, readAt));
        }
        return decided;
    }

    private PatientFlags decide(PatientScores scores, List<Observation> stored, Instant now, Instant readAt) {
        if (stored.stream().anyMatch(flag -> flag.getIssued().toInstant().isAfter(readAt))) {
            throw new Overtaken(scores.patient());
        }
        return PatientFlags.decide(store, scores, stored, now, workingDays);
    }

    private FlagChanges store(List<PatientFlags> decided, Instant readAt) {
        Bundle transaction = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        decided.forEach(flags -> flags.bundle().getEntry().forEach(transaction::addEntry));
        try {
            if (!transaction.getEntry().isEmpty()) {
                store.write(transaction);
            }
        } catch (TransientFailure | WriteRefused notTogether) {
            return decided.stream()
                    .map(PatientFlags::scores)
                    .map(scores -> writeAlone(scores, readAt))
                    .reduce(FlagChanges.NONE, FlagChanges::plus);
        }
        return decided.stream().map(PatientFlags::changes).reduce(FlagChanges.NONE, FlagChanges::plus);
    }

    private FlagChanges writeAlone(PatientScores scores, Instant readAt) {
        try {
            return retry.run(() -> {
                PatientFlags flags = decide(scores, store.flagsOf(scores.patient()), clock.instant(), readAt);
                if (!flags.bundle().getEntry().isEmpty()) {
                    store.write(flags.bundle());
                }
                return flags.changes();
            });
        } catch (WriteRefused refused) {
            if (refused.isWithheld()) {
                return new FlagChanges(0, 0, 0, 0, 0, 1, 0, 0);
            }
            LOG.error("The flags of Patient/{} were not written: {}", scores.patient(), refused.getMessage());
            return new FlagChanges(0, 0, 0, 0, 0, 0, 1, 0);
        }
    }
}
