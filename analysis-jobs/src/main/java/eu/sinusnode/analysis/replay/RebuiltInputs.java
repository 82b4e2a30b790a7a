package eu.sinusnode.analysis.replay;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.manifest.ReplayManifest.Facts;
import eu.sinusnode.analysis.manifest.Said;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RefusedSeries;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.reading.VitalReading;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a manifest's versions say now.
 *
 * @param notThere sentences on versions that cannot be had
 * @param changed sentences on versions that do not say what the flag was computed from
 */
record RebuiltInputs(PatientReadings readings, List<String> notThere, List<String> changed) {

    /** Reads every version, also after one was not there, so that all of them are named. */
    static RebuiltInputs of(String patient, ReplayManifest manifest, RecordedInputs recorded) {
        return new Rebuilding(manifest, recorded).rebuild(patient);
    }

    private static final class Rebuilding {
        private final ReplayManifest manifest;
        private final RecordedInputs recorded;
        private final List<String> notThere = new ArrayList<>();
        private final List<String> changed = new ArrayList<>();

        private Rebuilding(ReplayManifest manifest, RecordedInputs recorded) {
            this.manifest = manifest;
            this.recorded = recorded;
        }

        /** Reads one input. */
        private interface Reading<T> {
            T read() throws InputNotThere;
        }

        private RebuiltInputs rebuild(String patient) {
            List<VitalReading> vitals = new ArrayList<>();
            for (ReplayManifest.Vital of : manifest.vitals()) {
                List<VitalReading> read = tried(() -> recorded.vitals(of), List.of());
                check(of.version(), of.said(), read.isEmpty() ? "" : Said.of(read));
                vitals.addAll(read);
            }
            List<RrSeries> series = new ArrayList<>();
            for (ReplayManifest.Series of : manifest.series()) {
                tried(() -> List.of(recorded.series(of)), List.<RrSeries>of()).forEach(read -> {
                    check(of.version(), of.said(), Said.of(read));
                    series.add(read);
                });
            }
            List<RefusedSeries> refused = manifest.refused().stream()
                    .map(one -> new RefusedSeries(one.version(), OffsetDateTime.parse(one.start()), one.reason()))
                    .toList();
            PatientFacts facts = facts();
            PatientReadings readings =
                    new PatientReadings(patient, manifest.withheld(), vitals.size(), vitals, series, refused, facts);
            return new RebuiltInputs(readings, List.copyOf(notThere), List.copyOf(changed));
        }

        private <T> T tried(Reading<T> reading, T otherwise) {
            try {
                return reading.read();
            } catch (InputNotThere gone) {
                notThere.add(gone.version() + " is erased, withheld or not there.");
                return otherwise;
            }
        }

        /** @param now empty when it could not be read or holds nothing */
        private void check(String version, String then, String now) {
            boolean gone = notThere.stream().anyMatch(sentence -> sentence.startsWith(version + " "));
            if (!gone && !then.equals(now)) {
                changed.add(version + " does not say what the flag was computed from.");
            }
        }

        /** What the manifest says was not read is unread again. */
        private PatientFacts facts() {
            PatientFacts facts = PatientFacts.NONE;
            for (String version : versions(manifest.diagnoses())) {
                PatientFacts now = tried(() -> recorded.facts(version), PatientFacts.NONE);
                check(version, names(manifest.diagnoses(), version), names(now.diagnoses()));
                facts = facts.and(now);
            }
            for (String version : versions(manifest.drugs())) {
                PatientFacts now = tried(() -> recorded.facts(version), PatientFacts.NONE);
                check(version, names(manifest.drugs(), version), names(now.drugs()));
                facts = facts.and(now);
            }
            for (ReplayManifest.Fact of : manifest.facts()) {
                PatientFacts now = tried(() -> recorded.facts(of.version()), PatientFacts.NONE);
                check(of.version(), of.said(), Said.of(now));
                facts = facts.and(now);
            }
            return facts.with(
                    new Recorded<Diagnosis>(
                            facts.diagnoses().found(), manifest.diagnoses().unread()),
                    new Recorded<DrugClass>(
                            facts.drugs().found(), manifest.drugs().unread()));
        }

        private static Set<String> versions(Facts stated) {
            Set<String> versions = new LinkedHashSet<>();
            stated.found().values().forEach(versions::addAll);
            return versions;
        }

        private static String names(Facts stated, String version) {
            Set<String> names = new TreeSet<>();
            stated.found().forEach((name, of) -> {
                if (of.contains(version)) {
                    names.add(name);
                }
            });
            return names.toString();
        }

        private static <E extends Enum<E>> String names(Recorded<E> recorded) {
            Set<String> names = new TreeSet<>();
            recorded.found().keySet().forEach(one -> names.add(one.name()));
            return names.toString();
        }
    }
}
