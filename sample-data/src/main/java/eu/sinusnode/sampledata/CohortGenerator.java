package eu.sinusnode.sampledata;

import eu.sinusnode.sampledata.chance.Ids;
import eu.sinusnode.sampledata.clinical.Personas;
import eu.sinusnode.sampledata.fhir.BundleWriter;
import eu.sinusnode.sampledata.fhir.CohortDirectory;
import eu.sinusnode.sampledata.fhir.InstitutionResources;
import eu.sinusnode.sampledata.fhir.Subject;
import eu.sinusnode.sampledata.people.Institutions;
import eu.sinusnode.sampledata.signal.Timeline;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Generates a cohort: a seed goes in, files come out, always the same, on one thread or on many. Patients are independent
 * of each other and of their number, so a larger cohort begins with the smaller one's patients, and memory does not grow
 * with the cohort: a range of patients is generated, written, and forgotten.
 */
public final class CohortGenerator {

    private static final int RANGE = 16;

    private final CohortSpec spec;
    private final int threads;
    private final Timeline timeline;
    private final Institutions institutions;

    /** On all processors. */
    public CohortGenerator(CohortSpec spec) {
        this(spec, Runtime.getRuntime().availableProcessors());
    }

    /** @param threads 1 or more; they change nothing in what is written */
    public CohortGenerator(CohortSpec spec, int threads) {
        this.spec = spec;
        this.threads = threads;
        this.timeline = spec.timeline();
        this.institutions = new Institutions(spec.seed(), new Ids(spec.seed()));
    }

    /**
     * Writes the cohort, replacing one that is already there.
     *
     * @param root see {@link CohortFiles}; created when missing
     * @throws IOException when a file cannot be written; the directory then has no {@code directory.json}
     */
    public CohortSummary writeTo(Path root, Progress progress) throws IOException {
        CohortFiles files = new CohortFiles(root);
        files.clear();
        files.writeBase(base());
        CohortSummary summary;
        try (Writer labels = Files.newBufferedWriter(files.labels(), StandardCharsets.UTF_8)) {
            labels.write(TruthLabels.HEADER);
            Tally tally = new Tally(labels, progress);
            int ranges = (spec.patients() + RANGE - 1) / RANGE;
            InOrder.run(threads, ranges, range -> range(files, range), tally::add);
            summary = tally.summary;
        }
        files.complete(directory(summary));
        return summary;
    }

    private record Written(CohortSummary summary, String labels) {}

    /** Takes what the ranges give, in their order. */
    private final class Tally {

        private final Writer labels;
        private final Progress progress;
        private CohortSummary summary = CohortSummary.BASE;

        Tally(Writer labels, Progress progress) {
            this.labels = labels;
            this.progress = progress;
        }

        void add(Written range) throws IOException {
            summary = summary.plus(range.summary());
            labels.write(range.labels());
            progress.at(summary.patients(), spec.patients(), summary.vitals());
        }
    }

    private Written range(CohortFiles files, int range) throws IOException {
        int last = Math.min(spec.patients(), (range + 1) * RANGE);
        CohortSummary summary = CohortSummary.NOTHING;
        StringBuilder labels = new StringBuilder();
        for (int number = range * RANGE + 1; number <= last; number++) {
            int patientNumber = number;
            SyntheticPatient patient = SyntheticPatient.of(spec, number, institutions, timeline);
            TruthLabels truth = TruthLabels.of(patient);
            summary = summary.plus(PatientBundles.write(
                            patient, (sequence, bundle) -> files.write(patientNumber, sequence, bundle)))
                    .plusLabels(truth.count());
            labels.append(truth.lines());
        }
        return new Written(summary, labels.toString());
    }

    private byte[] base() {
        BundleWriter bundle = new BundleWriter();
        InstitutionResources.write(bundle, institutions);
        return bundle.finish();
    }

    private byte[] directory(CohortSummary summary) {
        List<Subject> personas = IntStream.rangeClosed(1, Math.min(Personas.COUNT, spec.patients()))
                .mapToObj(number -> SyntheticPatient.subject(spec, number, institutions, timeline))
                .toList();
        Map<String, Long> facts = new LinkedHashMap<>();
        facts.put("weeks", (long) spec.weeks());
        facts.put("patients", (long) summary.patients());
        facts.put("vitals", summary.vitals());
        facts.put("activities", summary.activities());
        facts.put("resent", summary.resent());
        facts.put("recordings", summary.recordings());
        facts.put("bundles", summary.bundles());
        facts.put("labels", summary.labels());
        return CohortDirectory.json(spec.seed(), spec.end().toString(), facts, institutions, personas);
    }
}
