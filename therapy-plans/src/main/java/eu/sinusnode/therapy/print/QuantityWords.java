package eu.sinusnode.therapy.print;

import eu.sinusnode.profiles.Codes;
import java.math.BigDecimal;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Goal.GoalTargetComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Measures, amounts and targets in the words of every day. */
record QuantityWords(PrintLanguage language) {

    /** "upper blood pressure value"; what has no such word here is called as the record calls it. */
    String measure(CodeableConcept measure) {
        return measure.getCoding().stream()
                .filter(coding -> Codes.LOINC.equals(coding.getSystem()))
                .flatMap(coding -> language.find("measure." + coding.getCode()).stream())
                .findFirst()
                .orElseGet(() -> name(measure));
    }

    /** The text of a concept, else the display of a code, else the code. */
    String name(CodeableConcept concept) {
        if (concept.hasText()) {
            return language.translated(concept.getText());
        }
        Optional<String> display = concept.getCoding().stream()
                .filter(Coding::hasDisplay)
                .map(Coding::getDisplay)
                .findFirst();
        return display.or(() -> concept.getCoding().stream()
                        .filter(Coding::hasCode)
                        .map(Coding::getCode)
                        .findFirst())
                .orElseGet(() -> language.say("nameless"));
    }

    String amount(Quantity quantity) {
        boolean one = quantity.hasValue() && quantity.getValue().compareTo(BigDecimal.ONE) == 0;
        String code = String.valueOf(quantity.getCode());
        String unit = quantity.hasCode() ? unit(code) : quantity.getUnit();
        return amount(
                quantity.getValue(), one ? language.find("ucum.one." + code).orElse(unit) : unit);
    }

    String amount(@Nullable BigDecimal value, @Nullable String unit) {
        String number = value == null ? "" : language.number(value);
        return unit == null ? number : (number + " " + unit).trim();
    }

    /** Of a UCUM code. */
    String unit(String code) {
        return language.find("ucum." + code).orElse(code);
    }

    /** "below 140 mmHg"; empty when the target says no amount. */
    String target(GoalTargetComponent target) {
        Type detail = target.getDetail();
        if (detail instanceof Quantity quantity) {
            return quantity.hasComparator()
                    ? language.say("target." + quantity.getComparator(), amount(quantity))
                    : amount(quantity);
        }
        if (detail instanceof Range range) {
            return range(range);
        }
        return "";
    }

    String range(Range range) {
        if (!range.hasHigh()) {
            return language.say("target.GREATER_OR_EQUAL", amount(range.getLow()));
        }
        if (!range.hasLow()) {
            return language.say("target.LESS_OR_EQUAL", amount(range.getHigh()));
        }
        return language.say("target.between", language.number(range.getLow().getValue()), amount(range.getHigh()));
    }
}
