package eu.sinusnode.profiles;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;

/**
 * Recognises a risk flag as the analysis writes it: its value, figures, sentences and the versions it rests on, in their
 * plainest form. As with {@link PlainVital}, a yes has to be right, and the validator is its oracle in the tests.
 */
final class PlainFlag {

    private static final String INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation";
    private static final Set<String> INTERPRETATIONS = Set.of("A", "AA", "N", "H", "HH", "L", "LL");
    private static final Set<String> UNITS =
            Set.of("1", "%", "/min", "mm[Hg]", "kg", "d", "a", "ms", "mmol/L", "{score}");
    private static final List<String> SENTENCES = List.of(Codes.SENTENCE_FOR_CLINICIAN, Codes.SENTENCE_FOR_PATIENT);
    private static final Set<String> MEASURES = Set.of(
            Codes.SYSTOLIC,
            Codes.DIASTOLIC,
            Codes.HEART_RATE,
            Codes.RESTING_HEART_RATE,
            Codes.BODY_WEIGHT,
            Codes.OXYGEN_SATURATION);
    private static final int FURTHEST = 1_000_000;

    /** Codes and their displays. */
    private static final Map<String, String> PROBABILITIES = Map.of(
            "negligible", "Negligible likelihood",
            "low", "Low likelihood",
            "moderate", "Moderate likelihood",
            "high", "High likelihood",
            "certain", "Certain");

    private static final Map<String, String> CATEGORIES = Map.of(
            "non-elevated", "Non-elevated",
            "elevated", "Elevated",
            "hypertension", "Hypertension",
            "severe", "Severe");

    private static final Set<String> CODES = codes();

    private PlainFlag() {}

    private static Set<String> codes() {
        Set<String> codes = new HashSet<>(RiskFlagCodes.ALL);
        codes.remove(Codes.NOT_COMPUTABLE_SUMMARY);
        return Set.copyOf(codes);
    }

    /** {@code true}: valid without doubt. {@code false}: nothing is known. */
    static boolean isPlain(Observation flag) {
        return PlainFlagFrame.isPlain(flag, CODES, Set.of("value[x]", "interpretation", "derivedFrom"))
                && flag.getValue() instanceof CodeableConcept value
                && isValuePlain(flag.getCode().getCodingFirstRep().getCode(), value)
                && flag.getInterpretation().size() == 1
                && PlainElements.isCode(flag.getInterpretation().get(0), INTERPRETATION, INTERPRETATIONS)
                && flag.getDerivedFrom().stream()
                        .allMatch(input -> PlainElements.isVersion(input, "Observation", "DocumentReference"))
                && flag.getComponent().stream().allMatch(PlainFlag::isComponentPlain);
    }

    /** A category of blood pressure for the risk that is one, else a probability. */
    private static boolean isValuePlain(String risk, CodeableConcept value) {
        boolean category = Codes.HOME_BLOOD_PRESSURE_CATEGORY.equals(risk);
        Map<String, String> displays = category ? CATEGORIES : PROBABILITIES;
        String system = category ? Canonicals.BLOOD_PRESSURE_CATEGORIES : Codes.RISK_PROBABILITY;
        String code = value.getCodingFirstRep().getCode();
        return code != null
                && displays.containsKey(code)
                && PlainElements.isConcept(value, system, code, displays.get(code));
    }

    private static boolean isComponentPlain(ObservationComponentComponent component) {
        return PlainElements.isBare(component)
                && PlainElements.hasOnly(component, Set.of("code", "value[x]"))
                && (component.getValue() instanceof Quantity figure
                        ? isNamePlain(component.getCode()) && isFigurePlain(figure)
                        : component.getValue() instanceof StringType text
                                && (isSentence(component.getCode(), text) || isWord(component.getCode(), text)));
    }

    /** Words, and the code of what is measured where there is one. */
    private static boolean isNamePlain(CodeableConcept name) {
        return name.getCoding().isEmpty()
                ? PlainElements.isTextAlone(name)
                : name.hasText() && PlainElements.isCode(name, Codes.LOINC, MEASURES);
    }

    private static boolean isFigurePlain(Quantity figure) {
        return figure.getClass() == Quantity.class
                && UNITS.stream().anyMatch(unit -> PlainElements.isQuantity(figure, unit, -FURTHEST, FURTHEST));
    }

    /** For the clinician or the patient, with a translation. */
    private static boolean isSentence(CodeableConcept name, StringType text) {
        return PlainElements.isCode(name, Canonicals.OBSERVATION_CODES, SENTENCES)
                && text.getClass() == StringType.class
                && text.getIdElement().isEmpty()
                && PlainElements.isProse(text.getValue())
                && text.getExtension().size() == 1
                && isTranslation(text.getExtension().get(0));
    }

    private static boolean isTranslation(Extension translation) {
        List<Extension> parts = translation.getExtension();
        return isOf(translation, TRANSLATION)
                && !translation.hasValue()
                && parts.size() == 2
                && isOf(parts.get(0), "lang")
                && parts.get(0).getExtension().isEmpty()
                && parts.get(0).getValue() instanceof CodeType language
                && PlainElements.isBare(language)
                && "de".equals(language.getValueAsString())
                && isOf(parts.get(1), "content")
                && parts.get(1).getExtension().isEmpty()
                && parts.get(1).getValue() instanceof StringType content
                && content.getClass() == StringType.class
                && PlainElements.isBare(content)
                && PlainElements.isProse(content.getValue());
    }

    private static boolean isOf(Extension extension, String url) {
        return url.equals(extension.getUrl())
                && PlainElements.isBare(extension.getUrlElement())
                && extension.getIdElement().isEmpty();
    }

    /** A hash, say. */
    private static boolean isWord(CodeableConcept name, StringType text) {
        return PlainElements.isTextAlone(name)
                && text.getClass() == StringType.class
                && PlainElements.isBare(text)
                && PlainElements.isProse(text.getValue());
    }
}
