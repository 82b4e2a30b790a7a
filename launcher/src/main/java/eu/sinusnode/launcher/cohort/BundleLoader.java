package eu.sinusnode.launcher.cohort;

import eu.sinusnode.launcher.progress.Progress;
import eu.sinusnode.sampledata.CohortFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends a cohort over several connections, each patient's Bundles in their order. A patient whom the server has confirmed
 * before is not sent again, so that what was changed meanwhile (a Consent, say) stays changed.
 */
public final class BundleLoader {

    private static final int CONNECTIONS = 4;

    private final BundleSender sender;
    private final LoadLedger ledger;

    /** @param ledger file that remembers who was confirmed */
    public BundleLoader(BundleSender sender, Path ledger) {
        this.sender = sender;
        this.ledger = new LoadLedger(ledger);
    }

    /**
     * Sends what is not confirmed yet.
     *
     * @param task advanced by one a Bundle
     * @return figures of the whole cohort; {@code created} counts this run alone
     * @throws eu.sinusnode.launcher.Trouble when the server refuses a Bundle; what was sent before stays
     */
    public LoadFigures load(CohortFiles cohort, Progress.Task task) {
        LoadFigures base = confirmDatabase(cohort, task);
        ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
        AtomicBoolean refused = new AtomicBoolean();
        try {
            List<CompletableFuture<LoadFigures>> patients = cohort.patients().stream()
                    .map(PatientBundles::new)
                    .map(patient -> CompletableFuture.supplyAsync(
                                    () -> refused.get() ? LoadFigures.NONE : confirmed(patient, task), connections)
                            .whenComplete((figures, failure) -> refused.compareAndSet(false, failure != null)))
                    .toList();
            return patients.stream().map(CompletableFuture::join).reduce(base, LoadFigures::plus);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            connections.shutdownNow();
        }
    }

    /**
     * The base goes first and always: when the server did not know it, its database is a new one, and what the ledger says
     * was of another.
     */
    private LoadFigures confirmDatabase(CohortFiles cohort, Progress.Task task) {
        LoadFigures figures = new PatientBundles(List.of(cohort.base())).sendWith(sender, () -> task.advance(1));
        if (figures.created() > 0) {
            ledger.clear();
        }
        return figures;
    }

    private LoadFigures confirmed(PatientBundles patient, Progress.Task task) {
        String hash = patient.hash();
        Optional<LoadFigures> known = ledger.of(hash);
        if (known.isPresent()) {
            task.advance(patient.files().size());
            return known.get();
        }
        LoadFigures figures = patient.sendWith(sender, () -> task.advance(1));
        ledger.add(hash, figures);
        return figures;
    }
}
