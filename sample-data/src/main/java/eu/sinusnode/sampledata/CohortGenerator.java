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
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Generates a cohort: a seed goes in, files come out, always the same. Patients are independent of each other and of their
 * number, so a larger cohort begins with the smaller one's patients, and memory does not grow with the cohort: a block of
 * patients is generated on all processors, written, and forgotten.
 */
public final class CohortGenerator {

    private static final int BLOCK = 64;

    private final CohortSpec spec;
    private final Timeline timeline;
    private final Institutions institutions;

    public CohortGenerator(CohortSpec spec) {
        this.spec = spec;
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
        CohortSummary summary = new CohortSummary(0, 0, 0, 0, 1);
        try (Writer labels = Files.newBufferedWriter(files.labels(), StandardCharsets.UTF_8)) {
            labels.write(TruthLabels.HEADER);
            for (int first = 1; first <= spec.patients(); first += BLOCK) {
                int last = Math.min(spec.patients(), first + BLOCK - 1);
                for (Written patient : block(files, first, last)) {
                    summary = summary.plus(patient.summary());
                    labels.write(patient.labels());
                }
                progress.at(last, spec.patients(), summary.vitals());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        files.complete(directory(summary));
        return summary;
    }

    private record Written(CohortSummary summary, String labels) {}

    private List<Written> block(CohortFiles files, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .parallel()
                .mapToObj(number -> patient(files, number))
                .toList();
    }

    private Written patient(CohortFiles files, int number) {
        SyntheticPatient patient = SyntheticPatient.of(spec, number, institutions, timeline);
        PatientBundles bundles = PatientBundles.of(patient);
        int sequence = 0;
        for (byte[] bundle : bundles.bundles()) {
            try {
                files.write(number, sequence++, bundle);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Written(bundles.summary(), TruthLabels.of(patient));
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
        facts.put("resent", summary.resent());
        facts.put("recordings", summary.recordings());
        facts.put("bundles", summary.bundles());
        return CohortDirectory.json(spec.seed(), spec.end().toString(), facts, institutions, personas);
    }
}
