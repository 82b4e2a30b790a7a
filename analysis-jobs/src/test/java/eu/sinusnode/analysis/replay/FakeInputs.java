package eu.sinusnode.analysis.replay;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.reading.VitalReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All versions of a record, as a server keeps them, device and setting left out; some may be gone. */
final class FakeInputs implements RecordedInputs {

    private final Map<String, List<VitalReading>> vitals = new HashMap<>();
    private final Map<String, RrSeries> series = new HashMap<>();
    private PatientFacts facts = PatientFacts.NONE;
    private final Set<String> gone = new HashSet<>();
    private final Set<String> asked = new TreeSet<>();

    static FakeInputs of(PatientReadings readings) {
        FakeInputs inputs = new FakeInputs();
        readings.vitals().forEach(inputs::put);
        readings.series().forEach(one -> inputs.series.put(one.reference(), one));
        inputs.facts = readings.facts();
        return inputs;
    }

    void put(VitalReading reading) {
        vitals.computeIfAbsent(reading.reference(), ignored -> new ArrayList<>())
                .add(new VitalReading(
                        reading.observation(),
                        reading.version(),
                        reading.code(),
                        reading.effective(),
                        reading.value(),
                        reading.unit(),
                        reading.status(),
                        null,
                        null));
    }

    void replace(String version, VitalReading reading) {
        vitals.remove(version);
        put(reading);
    }

    void erase(String version) {
        gone.add(version);
    }

    Set<String> asked() {
        return asked;
    }

    @Override
    public List<VitalReading> vitals(ReplayManifest.Vital of) throws InputNotThere {
        return there(of.version(), vitals).stream()
                .map(reading -> new VitalReading(
                        reading.observation(),
                        reading.version(),
                        reading.code(),
                        reading.effective(),
                        reading.value(),
                        reading.unit(),
                        reading.status(),
                        of.device(),
                        of.setting()))
                .toList();
    }

    @Override
    public RrSeries series(ReplayManifest.Series of) throws InputNotThere {
        for (String source : of.sources()) {
            if (gone.contains(source)) {
                throw new InputNotThere(source);
            }
        }
        return there(of.version(), series);
    }

    /** What the whole record says by this version. */
    @Override
    public PatientFacts facts(String version) throws InputNotThere {
        asked.add(version);
        Map<Diagnosis, Set<String>> diagnoses = by(facts.diagnoses(), version);
        Map<DrugClass, Set<String>> drugs = by(facts.drugs(), version);
        boolean named = !diagnoses.isEmpty()
                || !drugs.isEmpty()
                || facts.otherReferences().contains(version);
        if (!named || gone.contains(version)) {
            throw new InputNotThere(version);
        }
        PatientFacts other = facts.saidBy(version);
        return new PatientFacts(
                other.person(),
                other.born(),
                other.sex(),
                other.country(),
                Recorded.of(diagnoses),
                diagnoses.containsKey(Diagnosis.HEART_FAILURE) ? facts.heartFailureSince() : null,
                Recorded.of(drugs),
                other.laboratory(),
                other.smoking(),
                other.nyha(),
                other.limits(),
                other.adherence());
    }

    private static <E extends Enum<E>> Map<E, Set<String>> by(Recorded<E> recorded, String version) {
        Map<E, Set<String>> by = new HashMap<>();
        recorded.found().forEach((what, versions) -> {
            if (versions.contains(version)) {
                by.put(what, Set.of(version));
            }
        });
        return by;
    }

    private <T> T there(String version, Map<String, T> of) throws InputNotThere {
        asked.add(version);
        T found = of.get(version);
        if (found == null || gone.contains(version)) {
            throw new InputNotThere(version);
        }
        return found;
    }
}
