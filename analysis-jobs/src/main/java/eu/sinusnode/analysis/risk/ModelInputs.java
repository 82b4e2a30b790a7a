package eu.sinusnode.analysis.risk;

import eu.sinusnode.analysis.facts.FactKind;
import eu.sinusnode.analysis.quality.CheckedReadings.LeftOut;
import eu.sinusnode.analysis.quality.Fault;
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
 * @param facts what it asks for beside them
 */
public record ModelInputs(Set<Measurement> vitals, boolean rhythm, Set<FactKind> facts) {

    /** Longer than a window that ends with data that is itself as old as a window, and the days around a weight. */
    static final Duration REACH = PatientFeatures.WINDOW.multipliedBy(2).plusDays(5);

    static ModelInputs vitals(Measurement first, Measurement... others) {
        return new ModelInputs(EnumSet.of(first, others), false, Set.of());
    }

    static ModelInputs ofRhythm() {
        return new ModelInputs(Set.of(), true, Set.of());
    }

    ModelInputs with(FactKind first, FactKind... others) {
        return new ModelInputs(vitals, rhythm, EnumSet.of(first, others));
    }

    /**
     * The part of the readings from which the model's result is the same as from all of them: what it judges by, all that
     * was measured at the same instants (by which duplicates and bursts are told), the weights (by which jumps are told),
     * heights of any time, and the newest reading (whose offset says which day it is). What is dated before the person's birth is not among them,
     * so that it stays out also where the birth date is not asked for.
     */
    public PatientReadings of(PatientFeatures features) {
        PatientReadings all = features.given().readings();
        Instant from = features.given().asOf().minus(REACH);
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
                all.facts().only(facts));
    }

    private List<VitalReading> vitals(List<VitalReading> all, PatientFeatures features, Instant from) {
        Set<String> codes = vitals.stream().map(Measurement::code).collect(Collectors.toCollection(HashSet::new));
        codes.add(Codes.BODY_WEIGHT);
        Set<Instant> instants = all.stream()
                .filter(reading -> codes.contains(reading.code()))
                .filter(reading -> reading.effective().toInstant().isAfter(from)
                        || reading.code().equals(Codes.BODY_HEIGHT))
                .map(reading -> reading.effective().toInstant())
                .collect(Collectors.toCollection(HashSet::new));
        List<VitalReading> usable = features.checked().usable();
        if (!usable.isEmpty()) {
            instants.add(usable.get(usable.size() - 1).effective().toInstant());
        }
        Set<VitalReading> beforeBirth = features.checked().leftOut().stream()
                .filter(one -> one.fault() == Fault.BEFORE_BIRTH)
                .map(LeftOut::reading)
                .collect(Collectors.toSet());
        return all.stream()
                .filter(reading -> Measurement.of(reading.code()).isPresent())
                .filter(reading -> instants.contains(reading.effective().toInstant()))
                .filter(reading -> !beforeBirth.contains(reading))
                .toList();
    }
}
