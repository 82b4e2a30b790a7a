package eu.sinusnode.server.measurements;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.lane.ReadingStatus;
import eu.sinusnode.server.lane.WithoutReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * Series of codes that the lane of readings does not know, from the Observations themselves. Values of different units are
 * never mixed: the unit of the newest value counts, and what has another is left out of the series.
 */
final class StoredValues {

    private final StoredObservations observations;

    StoredValues(StoredObservations observations) {
        this.observations = observations;
    }

    private record Value(
            String observation, Instant at, @Nullable Double value, String unit) {}

    /** At least one series; of a panel one for each code of its components. */
    List<Series> read(PermittedRecords.Of permitted, UUID patient, Code code, Period period) {
        Map<Code, List<Value>> found = new LinkedHashMap<>();
        StoredObservations.Asked asked =
                new StoredObservations.Asked(Set.of("code", "component-code"), Set.of(code.code()), null, true);
        observations.find(permitted, patient, asked, observation -> add(observation, code, period, found));
        if (found.size() > 1) {
            // The panel itself has no value.
            found.computeIfPresent(
                    code, (own, values) -> values.stream().allMatch(each -> each.value() == null) ? null : values);
        }
        return found.isEmpty()
                ? List.of(new Series(code, "", List.of(), 0))
                : found.entrySet().stream()
                        .map(each -> series(each.getKey(), each.getValue()))
                        .toList();
    }

    private static void add(Observation observation, Code code, Period period, Map<Code, List<Value>> found) {
        Instant at =
                WithoutReading.date(observation.getEffective()).getValueLow().toInstant();
        if (!ReadingStatus.of(observation).isMeasurement() || !period.contains(at)) {
            return;
        }
        String id = observation.getIdElement().getIdPart();
        boolean asked = carries(observation.getCode(), code);
        if (asked) {
            put(found, code, value(id, at, observation.getValue()));
        }
        for (ObservationComponentComponent component : observation.getComponent()) {
            if (carries(component.getCode(), code)) {
                put(found, code, value(id, at, component.getValue()));
            } else if (asked && component.getCode().hasCoding()) {
                Code of = new Code(
                        String.valueOf(component.getCode().getCodingFirstRep().getSystem()),
                        String.valueOf(component.getCode().getCodingFirstRep().getCode()));
                put(found, of, value(id, at, component.getValue()));
            }
        }
    }

    private static void put(Map<Code, List<Value>> found, Code code, Value value) {
        found.computeIfAbsent(code, first -> new ArrayList<>()).add(value);
    }

    private static boolean carries(CodeableConcept concept, Code code) {
        return concept.getCoding().stream()
                .anyMatch(coding ->
                        code.system().equals(coding.getSystem()) && code.code().equals(coding.getCode()));
    }

    /** A quantity with a comparator (&lt; 40) is a bound, not a measured value; one without a UCUM unit cannot be compared. */
    private static Value value(String id, Instant at, @Nullable Type value) {
        return value instanceof Quantity quantity
                        && quantity.hasValue()
                        && !quantity.hasComparator()
                        && Codes.UCUM.equals(quantity.getSystem())
                        && quantity.hasCode()
                ? new Value(id, at, quantity.getValue().doubleValue(), quantity.getCode())
                : new Value(id, at, null, "");
    }

    private static Series series(Code code, List<Value> values) {
        List<Value> sorted = values.stream()
                .sorted(Comparator.comparing(Value::at).thenComparing(Value::observation))
                .toList();
        String unit = sorted.stream()
                .filter(each -> each.value() != null)
                .reduce((earlier, later) -> later)
                .map(Value::unit)
                .orElse("");
        List<Measurement> measured = new ArrayList<>();
        for (Value each : sorted) {
            Double value = each.value();
            if (value != null && each.unit().equals(unit)) {
                measured.add(new Measurement(each.observation(), each.at(), value));
            }
        }
        return new Series(code, unit, measured, sorted.size());
    }
}
