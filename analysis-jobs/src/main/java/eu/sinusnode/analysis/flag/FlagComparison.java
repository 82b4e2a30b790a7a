package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.risk.RiskResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;

/** A stored flag beside the one that a result would be written as; what people have added, status and notes, is left aside. */
public final class FlagComparison {

    private FlagComparison() {}

    /** Names of what is not the same: elements, and components by what they measure. No values. */
    public static List<String> differences(Observation stored, RiskResult.Raised raised) {
        String patient = stored.getSubject().getReferenceElement().getIdPart();
        Observation again = FlagComposer.flag(
                patient, raised, String.valueOf(stored.getDevice().getReference()), Instant.EPOCH);
        List<String> names = new ArrayList<>();
        add(names, "the flag's code", stored.getCode(), again.getCode());
        add(names, "the model", stored.getMethod(), again.getMethod());
        add(names, "the flag's value", stored.getValue(), again.getValue());
        add(names, "the interpretation", stored.getInterpretationFirstRep(), again.getInterpretationFirstRep());
        add(names, "the time of the data", stored.getEffective(), again.getEffective());
        Set<String> components = new LinkedHashSet<>();
        stored.getComponent().forEach(one -> components.add(name(one)));
        again.getComponent().forEach(one -> components.add(name(one)));
        components.remove(FlagContent.REPLAY_MANIFEST);
        for (String name : components) {
            Optional<ObservationComponentComponent> was = component(stored, name);
            Optional<ObservationComponentComponent> is = component(again, name);
            if (was.isEmpty() || is.isEmpty()) {
                names.add(name);
            } else {
                add(names, name, was.get().getValue(), is.get().getValue());
            }
        }
        return names;
    }

    private static void add(List<String> names, String name, Base stored, Base again) {
        if (!Base.compareDeep(stored, again, true)) {
            names.add(name);
        }
    }

    private static Optional<ObservationComponentComponent> component(Observation flag, String name) {
        return flag.getComponent().stream()
                .filter(one -> name(one).equals(name))
                .findFirst();
    }

    private static String name(ObservationComponentComponent component) {
        CodeableConcept code = component.getCode();
        return code.hasText() ? code.getText() : code.getCodingFirstRep().getCode();
    }
}
