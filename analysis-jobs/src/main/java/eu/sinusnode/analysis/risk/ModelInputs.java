package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.profiles.Codes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a model looks at, so that its result can be computed again without the rest of the record.
 *
 * @param vitals measurements that it judges by
 * @param rhythm whether it judges recordings of RR intervals
 * @param diagnoses whether it asks for diagnoses
 * @param drugs whether it asks for medication
 */
public record ModelInputs(Set<Measurement> vitals, boolean rhythm, boolean diagnoses, boolean drugs) {

    /** Longer than a window that ends with data that is itself as old as a window, and the days around a weight. */
    static final Duration REACH = PatientFeatures.WINDOW.multipliedBy(2).plusDays(5);

    private static final Recorded<Diagnosis> NO_DIAGNOSES = PatientFacts.UNREAD.diagnoses();
    private static final Recorded<DrugClass> NO_DRUGS = PatientFacts.UNREAD.drugs();

    static ModelInputs vitals(Measurement first, Measurement... others) {
        return new ModelInputs(EnumSet.of(first, others), false, false, false);
    }

    static ModelInputs ofRhythm() {
        return new ModelInputs(Set.of(), true, false, false);
    }

    ModelInputs withDiagnoses() {
        return new ModelInputs(vitals, rhythm, true, drugs);
    }

    ModelInputs withDrugs() {
        return new ModelInputs(vitals, rhythm, diagnoses, true);
    }

    /**
     * The part of the readings from which the model's result is the same as from all of them: what it judges by, all that
     * was measured at the same instants (by which duplicates and bursts are told), the weights (by which jumps are told),
     * and the newest reading (whose offset says which day it is).
     */
    public PatientReadings of(PatientFeatures features) {
        PatientReadings all = features.given().readings();
        Instant from = features.given().asOf().minus(REACH);
        PatientFacts facts = all.facts()
                .with(
                        diagnoses ? all.facts().diagnoses() : NO_DIAGNOSES,
                        drugs ? all.facts().drugs() : NO_DRUGS);
        return new PatientReadings(
                all.patient(),
                all.withheld(),
                all.readingCount(),
                vitals.isEmpty() ? List.of() : vitals(all.vitals(), features, from),
                rhythm
                        ? all.series().stream()
                                .filter(one -> one.start().toInstant().isAfter(from))
                                .toList()
                        : List.of(),
                rhythm
                        ? all.refused().stream()
                                .filter(one -> one.start().toInstant().isAfter(from))
                                .toList()
                        : List.of(),
                facts);
    }

    private List<VitalReading> vitals(List<VitalReading> all, PatientFeatures features, Instant from) {
        Set<String> codes = vitals.stream().map(Measurement::code).collect(Collectors.toCollection(HashSet::new));
        codes.add(Codes.BODY_WEIGHT);
        Set<Instant> instants = all.stream()
                .filter(reading -> codes.contains(reading.code()))
                .map(reading -> reading.effective().toInstant())
                .filter(instant -> instant.isAfter(from))
                .collect(Collectors.toCollection(HashSet::new));
        List<VitalReading> usable = features.checked().usable();
        if (!usable.isEmpty()) {
            instants.add(usable.get(usable.size() - 1).effective().toInstant());
        }
        return all.stream()
                .filter(reading -> Measurement.of(reading.code()).isPresent())
                .filter(reading -> instants.contains(reading.effective().toInstant()))
                .toList();
    }
}
