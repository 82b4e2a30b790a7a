package eu.sinusnode.profiles;

import java.util.List;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;

/**
 * Recognises the vital signs that come by the million: blood pressure, heart rate or body weight with exactly the parts
 * that a device sends, each in its plainest form and in range. Such a one is valid, which takes microseconds to see where
 * the validator needs a millisecond. All else goes to the validator, so this has to be right only when it says yes; the
 * validator is its oracle in the tests.
 */
final class PlainVital {

    private PlainVital() {}

    /** {@code true}: valid without doubt. {@code false}: nothing is known. */
    static boolean isPlain(Observation vital) {
        return isHeadPlain(vital) && isAllElseAbsent(vital) && isMeasurementPlain(vital);
    }

    private static boolean isHeadPlain(Observation vital) {
        return vital.getClass() == Observation.class
                && isIdPlain(vital.getIdElement())
                && isMetaPlain(vital)
                && isSettingPlain(vital.getExtension())
                && vital.getIdentifier().stream()
                        .allMatch(each -> PlainElements.isIdentifier(each, Canonicals.VITAL_IDENTIFIER))
                && vital.getStatus() != null
                && vital.getStatus() != Observation.ObservationStatus.NULL
                && PlainElements.isBare(vital.getStatusElement())
                && vital.getCategory().size() == 1
                && PlainElements.isConcept(
                        vital.getCategory().get(0), Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS, false)
                && PlainElements.isReference(vital.getSubject(), "Patient")
                && vital.getEffective() instanceof DateTimeType time
                && PlainElements.isExactTime(time)
                && (!vital.hasDevice() || PlainElements.isReference(vital.getDevice(), "Device"));
    }

    /** None, or one as R4 has it: no placeholder, which HAPI keeps in the same place. */
    private static boolean isIdPlain(IdType id) {
        return !id.hasExtension() && (!id.hasValue() || (id.getIdPart() != null && PlainElements.isId(id.getIdPart())));
    }

    /** Nothing, or the sender naming the profile that is imposed anyway. */
    private static boolean isMetaPlain(Observation vital) {
        if (!vital.hasMeta()) {
            return true;
        }
        Meta meta = vital.getMeta();
        return PlainElements.isBare(meta)
                && !meta.hasVersionIdElement()
                && !meta.hasLastUpdatedElement()
                && !meta.hasSourceElement()
                && !meta.hasSecurity()
                && !meta.hasTag()
                && meta.getProfile().size() == 1
                && PlainElements.isBare(meta.getProfile().get(0))
                && ImposedProfiles.of(vital)
                        .filter(meta.getProfile().get(0).getValueAsString()::equals)
                        .isPresent();
    }

    private static boolean isSettingPlain(List<Extension> extensions) {
        if (extensions.isEmpty()) {
            return true;
        }
        Extension only = extensions.get(0);
        return extensions.size() == 1
                && Canonicals.MEASUREMENT_SETTING.equals(only.getUrl())
                && PlainElements.isBare(only)
                && PlainElements.isBare(only.getUrlElement())
                && only.getValue() instanceof CodeType setting
                && PlainElements.isBare(setting)
                && (Codes.HOME.equals(setting.getValue()) || Codes.OFFICE.equals(setting.getValue()));
    }

    private static boolean isAllElseAbsent(Observation vital) {
        return !vital.hasImplicitRules()
                && !vital.hasLanguage()
                && !vital.hasText()
                && vital.getContained().isEmpty()
                && !vital.hasModifierExtension()
                && !vital.hasBasedOn()
                && !vital.hasPartOf()
                && !vital.hasFocus()
                && !vital.hasEncounter()
                && !vital.hasIssued()
                && !vital.hasPerformer()
                && !vital.hasDataAbsentReason()
                && !vital.hasInterpretation()
                && !vital.hasNote()
                && !vital.hasBodySite()
                && !vital.hasMethod()
                && !vital.hasSpecimen()
                && !vital.hasReferenceRange()
                && !vital.hasHasMember()
                && !vital.hasDerivedFrom();
    }

    private static boolean isMeasurementPlain(Observation vital) {
        String code = onlyCode(vital.getCode());
        if (!PlainElements.isConcept(vital.getCode(), Codes.LOINC, code, true)) {
            return false;
        }
        return switch (code) {
            case Codes.BLOOD_PRESSURE_PANEL -> isBloodPressure(vital);
            case Codes.HEART_RATE -> isValue(vital, "/min", 20, 300);
            case Codes.BODY_WEIGHT ->
                isValue(vital, "kg", 20, 400)
                        || isValue(vital, "g", 20_000, 400_000)
                        || isValue(vital, "[lb_av]", 44, 882);
            default -> false;
        };
    }

    private static String onlyCode(CodeableConcept concept) {
        List<Coding> codings = concept.getCoding();
        return codings.size() == 1 && codings.get(0).hasCode() ? codings.get(0).getCode() : "";
    }

    private static boolean isValue(Observation vital, String unit, int lowest, int highest) {
        return vital.getComponent().isEmpty()
                && vital.getValue() instanceof Quantity value
                && value.getClass() == Quantity.class
                && PlainElements.isQuantity(value, unit, lowest, highest);
    }

    private static boolean isBloodPressure(Observation vital) {
        List<ObservationComponentComponent> parts = vital.getComponent();
        return !vital.hasValue()
                && parts.size() == 2
                && isPressure(parts.get(0), Codes.SYSTOLIC, 40, 300)
                && isPressure(parts.get(1), Codes.DIASTOLIC, 20, 200)
                && parts.get(1)
                                .getValueQuantity()
                                .getValue()
                                .compareTo(parts.get(0).getValueQuantity().getValue())
                        < 0;
    }

    private static boolean isPressure(ObservationComponentComponent part, String code, int lowest, int highest) {
        return PlainElements.isBare(part)
                && !part.hasModifierExtension()
                && !part.hasDataAbsentReason()
                && !part.hasInterpretation()
                && !part.hasReferenceRange()
                && PlainElements.isConcept(part.getCode(), Codes.LOINC, code, true)
                && part.getValue() instanceof Quantity value
                && value.getClass() == Quantity.class
                && PlainElements.isQuantity(value, "mm[Hg]", lowest, highest);
    }
}
