package eu.sinusnode.therapy.print;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Dosage;
import org.hl7.fhir.r4.model.Dosage.DosageDoseAndRateComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;

/** What is taken, how much of it and when. What a prescription does not say is not guessed. */
record DoseWords(PrintLanguage language) {

    String dose(Dosage dosage) {
        String doses = dosage.getDoseAndRate().stream()
                .map(this::dose)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
        return doses.isEmpty() ? language.say("dose.unknown") : doses;
    }

    private String dose(DosageDoseAndRateComponent dose) {
        QuantityWords quantities = new QuantityWords(language);
        if (dose.getDose() instanceof Quantity quantity) {
            return quantities.amount(quantity);
        }
        return dose.getDose() instanceof Range range ? quantities.range(range) : "";
    }

    String when(Dosage dosage) {
        if (dosage.hasAsNeeded() && !Boolean.FALSE.equals(asNeeded(dosage))) {
            return language.say("dose.needed");
        }
        if (!dosage.hasTiming()) {
            return language.say("dose.when-unknown");
        }
        TimingWords timings = new TimingWords(language);
        return Stream.of(timings.howOften(dosage.getTiming()), timings.when(dosage.getTiming()))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(": "));
    }

    private static Boolean asNeeded(Dosage dosage) {
        return dosage.hasAsNeededBooleanType() ? dosage.getAsNeededBooleanType().booleanValue() : Boolean.TRUE;
    }

    /** What else it says, as it was written. */
    List<String> notes(Dosage dosage) {
        return Stream.of(dosage.getText(), dosage.getPatientInstruction())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
