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
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
            PatientFacts facts = PatientFacts.UNREAD.with(
                    facts(Diagnosis.class, manifest.diagnoses(), recorded::diagnoses),
                    facts(DrugClass.class, manifest.drugs(), recorded::drugs));
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

        /** What one version names. */
        private interface Meaning<E> {
            Set<E> of(String version) throws InputNotThere;
        }

        private <E extends Enum<E>> Recorded<E> facts(Class<E> type, Facts stated, Meaning<E> meaning) {
            Set<String> versions = new LinkedHashSet<>();
            stated.found().values().forEach(versions::addAll);
            Map<E, Set<String>> found = new EnumMap<>(type);
            for (String version : versions) {
                Set<E> named = tried(() -> meaning.of(version), Set.of());
                named.forEach(one ->
                        found.computeIfAbsent(one, ignored -> new TreeSet<>()).add(version));
                Set<String> then = new TreeSet<>();
                stated.found().forEach((name, of) -> {
                    if (of.contains(version)) {
                        then.add(name);
                    }
                });
                Set<String> now = new TreeSet<>();
                named.forEach(one -> now.add(one.name()));
                check(version, then.toString(), now.toString());
            }
            return new Recorded<E>(found, stated.unread());
        }
    }
}
