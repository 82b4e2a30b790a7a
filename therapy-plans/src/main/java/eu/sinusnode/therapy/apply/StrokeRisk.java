package eu.sinusnode.therapy.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IntegerType;

/**
 * Whether CHA2DS2-VA is 2 or more: yes when what the record has is enough, no when what it leaves open could not make it so.
 *
 * <p>Source: ESC 2024 atrial fibrillation, table 10, doi 10.1093/eurheartj/ehae176: heart failure 1, hypertension 1, 75 years
 * 2, diabetes 1, stroke 2, vascular disease 1, 65 to 74 years 1.
 */
final class StrokeRisk {

    private static final int HIGH = 2;
    private static final int OLD = 65;
    private static final int VERY_OLD = 75;
    private static final int MOST_OF_AGE = 2;

    private record Points(Fact of, int points) {}

    private StrokeRisk() {}

    static Fact in(PatientRecord record, Fact age) {
        List<Points> all = List.of(
                new Points(Diagnosis.HEART_FAILURE.in(record), 1),
                new Points(Diagnosis.HYPERTENSION.in(record), 1),
                new Points(Diagnosis.DIABETES.in(record), 1),
                new Points(Diagnosis.STROKE.everIn(record), 2),
                new Points(Diagnosis.VASCULAR_DISEASE.everIn(record), 1));
        Optional<Integer> ofAge = age instanceof Fact.Known known
                ? Optional.of(ofAge(((IntegerType) known.value()).getValue()))
                : Optional.empty();
        int least = ofAge.orElse(0);
        int most = ofAge.orElse(MOST_OF_AGE);
        List<String> sources = new ArrayList<>();
        List<String> open = new ArrayList<>();
        if (age instanceof Fact.Unknown unknown) {
            open.add(unknown.words());
        }
        for (Points each : all) {
            if (each.of() instanceof Fact.Unknown unknown) {
                most += each.points();
                open.add(unknown.words());
            } else if (each.of() instanceof Fact.Known known && ((BooleanType) known.value()).booleanValue()) {
                least += each.points();
                most += each.points();
                sources.addAll(known.sources());
            }
        }
        if (least >= HIGH) {
            return new Fact.Known(
                    new BooleanType(true),
                    "CHA2DS2-VA is at least " + least,
                    sources.stream().distinct().toList());
        }
        return most < HIGH
                ? new Fact.Known(new BooleanType(false), "CHA2DS2-VA is " + most, sources)
                : new Fact.Unknown(open.stream().distinct().collect(Collectors.joining(", ")));
    }

    private static int ofAge(int years) {
        return years >= VERY_OLD ? 2 : years >= OLD ? 1 : 0;
    }
}
