package eu.sinusnode.profiles;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.hl7.fhir.r4.model.Quantity;

/**
 * Recognises the vital signs that come by the million: blood pressure, or one value such as a heart rate, with exactly the
 * parts that a device or a clinic's system sends, each in its plainest form and in range. Such a one is valid, which takes microseconds to see where
 * the validator needs a millisecond. All else goes to the validator, so this has to be right only when it says yes; the
 * validator is its oracle in the tests.
 */
public final class PlainVital {

    private static final List<String> BLOOD_PRESSURE = List.of(Codes.BLOOD_PRESSURE_PANEL);

    /** By the codes that the measurement is named with, all of them: what its one value may be, unit by unit. */
    private static final Map<List<String>, List<Range>> SINGLE_VALUES = Map.of(
            List.of(Codes.HEART_RATE), List.of(new Range("/min", 20, 300)),
            List.of(Codes.RESTING_HEART_RATE), List.of(new Range("/min", 20, 220)),
            List.of(Codes.RESPIRATORY_RATE), List.of(new Range("/min", 2, 100)),
            List.of(Codes.OXYGEN_SATURATION), List.of(new Range("%", 40, 100)),
            List.of(Codes.OXYGEN_SATURATION, Codes.PULSE_OXIMETRY), List.of(new Range("%", 40, 100)),
            List.of(Codes.BODY_TEMPERATURE), List.of(new Range("Cel", 25, 45), new Range("[degF]", 77, 113)),
            List.of(Codes.BODY_HEIGHT), List.of(new Range("cm", 30, 260), new Range("[in_i]", 12, 103)),
            List.of(Codes.BODY_MASS_INDEX), List.of(new Range("kg/m2", 8, 120)),
            List.of(Codes.BODY_WEIGHT),
                    List.of(new Range("kg", 20, 400), new Range("g", 20_000, 400_000), new Range("[lb_av]", 44, 882)));

    private static final String[] PERFORMERS = {
        "Practitioner", "PractitionerRole", "Organization", "CareTeam", "Patient", "RelatedPerson"
    };

    private record Range(String unit, int lowest, int highest) {}

    private PlainVital() {}

    /** {@code true}: valid without doubt. {@code false}: nothing is known. */
    public static boolean isPlain(Observation vital) {
        return isHeadPlain(vital) && isAllElseAbsent(vital) && isMeasurementPlain(vital);
    }

    private static boolean isHeadPlain(Observation vital) {
        return vital.getClass() == Observation.class
                && isIdPlain(vital.getIdElement())
                && isMetaPlain(vital)
                && isSettingPlain(vital.getExtension())
                && vital.getIdentifier().stream().allMatch(PlainElements::isIdentifier)
                && vital.getStatus() != null
                && vital.getStatus() != Observation.ObservationStatus.NULL
                && PlainElements.isBare(vital.getStatusElement())
                && vital.getCategory().size() == 1
                && PlainElements.isConcept(
                        vital.getCategory().get(0), Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS, "Vital Signs")
                && PlainElements.isReference(vital.getSubject(), "Patient")
                && (!vital.hasEncounter() || PlainElements.isReference(vital.getEncounter(), "Encounter"))
                && vital.getPerformer().stream().allMatch(each -> PlainElements.isReference(each, PERFORMERS))
                && (!vital.hasIssuedElement() || PlainElements.isExactTime(vital.getIssuedElement()))
                && vital.getEffective() instanceof DateTimeType time
                && PlainElements.isExactTime(time)
                && (!vital.hasDevice() || PlainElements.isReference(vital.getDevice(), "Device"));
    }

    /** None, one as R4 has it, or the placeholder of a transaction, which HAPI's parser puts in the same place. */
    private static boolean isIdPlain(IdType id) {
        return !id.hasExtension()
                && (!id.hasValue()
                        || PlainElements.isPlaceholder(id.getValue())
                        || (id.getIdPart() != null && PlainElements.isId(id.getIdPart())));
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
                        .equals(List.of(meta.getProfile().get(0).getValueAsString()));
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
        List<String> codes = vital.getCode().getCoding().stream()
                .map(Coding::getCode)
                .filter(Objects::nonNull)
                .toList();
        if (!PlainElements.isConcept(vital.getCode(), Codes.LOINC, codes)) {
            return false;
        }
        if (codes.equals(BLOOD_PRESSURE)) {
            return isBloodPressure(vital);
        }
        return SINGLE_VALUES.getOrDefault(codes, List.of()).stream().anyMatch(range -> isValue(vital, range));
    }

    private static boolean isValue(Observation vital, Range range) {
        return vital.getComponent().isEmpty()
                && vital.getValue() instanceof Quantity value
                && value.getClass() == Quantity.class
                && PlainElements.isQuantity(value, range.unit(), range.lowest(), range.highest());
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
                && PlainElements.isConcept(part.getCode(), Codes.LOINC, List.of(code))
                && part.getValue() instanceof Quantity value
                && value.getClass() == Quantity.class
                && PlainElements.isQuantity(value, "mm[Hg]", lowest, highest);
    }
}
