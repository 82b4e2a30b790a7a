package eu.sinusnode.analysis.replay;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
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
    private final Map<String, Set<Diagnosis>> diagnoses = new HashMap<>();
    private final Map<String, Set<DrugClass>> drugs = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> asked = new TreeSet<>();

    static FakeInputs of(PatientReadings readings) {
        FakeInputs inputs = new FakeInputs();
        readings.vitals().forEach(inputs::put);
        readings.series().forEach(one -> inputs.series.put(one.reference(), one));
        readings.facts()
                .diagnoses()
                .found()
                .forEach((what, versions) -> versions.forEach(version -> inputs.diagnoses
                        .computeIfAbsent(version, ignored -> new HashSet<>())
                        .add(what)));
        readings.facts()
                .drugs()
                .found()
                .forEach((what, versions) -> versions.forEach(version -> inputs.drugs
                        .computeIfAbsent(version, ignored -> new HashSet<>())
                        .add(what)));
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

    @Override
    public Set<Diagnosis> diagnoses(String version) throws InputNotThere {
        return there(version, diagnoses);
    }

    @Override
    public Set<DrugClass> drugs(String version) throws InputNotThere {
        return there(version, drugs);
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
