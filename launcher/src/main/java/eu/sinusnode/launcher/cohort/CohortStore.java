package eu.sinusnode.launcher.cohort;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.progress.Progress;
import eu.sinusnode.sampledata.CohortFiles;
import eu.sinusnode.sampledata.CohortGenerator;
import eu.sinusnode.sampledata.CohortSpec;
import eu.sinusnode.sampledata.CohortSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The cohort in the state directory: generated once, enlarged when more patients are asked for. */
public final class CohortStore {

    private final Path root;

    public CohortStore(Path root) {
        this.root = root;
    }

    /**
     * Makes sure of at least so many patients. A cohort that is larger already stays as it is.
     *
     * @throws Trouble when the home holds the cohort of another seed
     */
    public void ensure(CohortSpec wanted, Progress progress) {
        if (new CohortFiles(root).isComplete()) {
            CohortDirectory present = directory();
            if (present.seed() != wanted.seed()) {
                throw new Trouble(
                        "This state directory holds the cohort of seed " + present.seed() + ", not of " + wanted.seed()
                                + ".",
                        "Use a SINUSNODE_HOME of its own for another seed, or ./sinusnode down and remove this one.");
            }
            if (present.patients() >= wanted.patients() && present.weeks() >= wanted.weeks()) {
                progress.say("  ok    Cohort: " + present.patients() + " patients of seed " + present.seed()
                        + " are there already");
                return;
            }
        }
        generate(wanted, progress);
    }

    public boolean isThere() {
        return new CohortFiles(root).isComplete();
    }

    public CohortFiles files() {
        return new CohortFiles(root);
    }

    public CohortDirectory directory() {
        return CohortDirectory.read(root);
    }

    private void generate(CohortSpec spec, Progress progress) {
        try (Progress.Task task = progress.begin("Cohort", spec.patients())) {
            Files.createDirectories(root);
            long[] told = {0};
            CohortSummary summary = new CohortGenerator(spec).writeTo(root, (patients, of, vitals) -> {
                task.advance(patients - told[0]);
                told[0] = patients;
            });
            task.done(summary.patients() + " patients, " + summary.vitals() + " vital readings, " + summary.recordings()
                    + " RR recordings generated");
        } catch (IOException e) {
            throw new Trouble(
                    "The cohort could not be written to " + root + " (" + e.getMessage() + ").",
                    "Make room or choose another SINUSNODE_HOME, then run the command again.",
                    e);
        }
    }
}
