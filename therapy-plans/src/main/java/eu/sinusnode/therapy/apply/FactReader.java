package eu.sinusnode.therapy.apply;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.apply.NamedInput.MedicineQuestion;
import eu.sinusnode.therapy.medicine.MedicineClass;
import eu.sinusnode.therapy.medicine.MedicineProposal;
import eu.sinusnode.therapy.medicine.Prescription;
import eu.sinusnode.therapy.progress.SmokingStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** Reads the {@link NamedInput}s out of a record, each with its unit and with how old it may be. */
public final class FactReader {

    /** The questions on complaints; an answer names them with a version. */
    public static final String SYMPTOM_CHECK = Canonicals.BASE + "/Questionnaire/symptom-check";

    /** How far back Observations are looked for, by LOINC code; limits of the house but for the weight. */
    public static final Map<String, Duration> LONGEST = Map.of(
            Codes.BLOOD_PRESSURE_PANEL, Duration.ofDays(28),
            Codes.RESTING_HEART_RATE, Duration.ofDays(28),
            Codes.BODY_WEIGHT, Duration.ofDays(6),
            Codes.NYHA_CLASS, Duration.ofDays(365),
            Codes.SMOKING_STATUS, Duration.ofDays(730),
            Codes.EJECTION_FRACTION, Duration.ofDays(730));

    /** How old answers on complaints may be. */
    public static final Duration LONGEST_ANSWERS = Duration.ofDays(7);

    private static final Duration NEW_WEIGHT = Duration.ofDays(3);
    private static final BigDecimal OTHER_PERSON = BigDecimal.valueOf(5);
    private static final List<String> NYHA = List.of("420300004", "421704003", "420913000", "422293003");
    private static final Map<String, BigDecimal> KILOGRAMS =
            Map.of("kg", BigDecimal.ONE, "g", new BigDecimal("0.001"), "[lb_av]", new BigDecimal("0.45359237"));

    private FactReader() {}

    public static PatientFacts read(PatientRecord record, Instant now) {
        Map<NamedInput, Fact> known = new EnumMap<>(NamedInput.class);
        Readings readings = Readings.of(record, now);
        boolean withheld = record.withheld().contains("Observation");
        Fact age = age(record, now);
        known.put(NamedInput.AGE, age);
        known.put(NamedInput.SYSTOLIC, pressure(readings, Codes.SYSTOLIC, withheld));
        known.put(NamedInput.DIASTOLIC, pressure(readings, Codes.DIASTOLIC, withheld));
        known.put(NamedInput.RESTING_HEART_RATE, heartRate(readings, withheld));
        known.put(NamedInput.WEIGHT_GAIN, weightGain(readings, withheld));
        known.put(NamedInput.NYHA_CLASS, nyha(readings, withheld));
        known.put(NamedInput.SMOKER, smoker(readings, withheld));
        known.put(NamedInput.CHEST_PAIN, chestPain(record, now));
        known.put(NamedInput.HYPERTENSION, Diagnosis.HYPERTENSION.in(record));
        known.put(NamedInput.ATRIAL_FIBRILLATION, Diagnosis.ATRIAL_FIBRILLATION.in(record));
        known.put(NamedInput.CORONARY_DISEASE, Diagnosis.CORONARY_DISEASE.in(record));
        known.put(NamedInput.HEART_FAILURE, Diagnosis.HEART_FAILURE.in(record));
        known.put(NamedInput.ACUTE_HEART_FAILURE, Diagnosis.ACUTE_HEART_FAILURE.in(record));
        known.put(NamedInput.UNSTABLE_ANGINA, Diagnosis.UNSTABLE_ANGINA.in(record));
        known.put(NamedInput.ACUTE_INFLAMMATION, Diagnosis.ACUTE_INFLAMMATION.in(record));
        known.put(NamedInput.EJECTION_FRACTION, ejectionFraction(readings, withheld));
        known.put(NamedInput.HIGH_STROKE_RISK, StrokeRisk.in(record, age));
        for (MedicineClass medicine : MedicineClass.values()) {
            known.put(NamedInput.of(medicine, MedicineQuestion.PRESCRIBED), Prescribed.in(record, medicine));
            known.put(
                    NamedInput.of(medicine, MedicineQuestion.CONTRAINDICATED),
                    Contraindications.in(record, medicine, age));
        }
        List<MedicationRequest> active = record.medication().stream()
                .map(Prescription::request)
                .filter(MedicineProposal::isPrescribed)
                .toList();
        return new PatientFacts(
                References.of(record.patient()),
                now,
                known,
                References.of(active),
                !record.withheld().contains("MedicationRequest"));
    }

    private static Fact age(PatientRecord record, Instant now) {
        String born = record.patient().getBirthDateElement().getValueAsString();
        if (born == null || born.length() < 10) {
            return new Fact.Unknown("the date of birth is not known");
        }
        long years = ChronoUnit.YEARS.between(
                LocalDate.parse(born), now.atZone(ZoneOffset.UTC).toLocalDate());
        return new Fact.Known(new IntegerType((int) years), years + " years", References.of(List.of(record.patient())));
    }

    private static Fact pressure(Readings readings, String component, boolean withheld) {
        Optional<Observation> newest = readings.newest(Codes.BLOOD_PRESSURE_PANEL, longest(Codes.BLOOD_PRESSURE_PANEL));
        if (newest.isEmpty()) {
            return missing("pressure by a cuff of the last 28 days", withheld);
        }
        return newest.get().getComponent().stream()
                .filter(part -> names(part.getCode(), Codes.LOINC, component))
                .findFirst()
                .map(part -> quantity(part.getValue(), "mm[Hg]", "pressure", newest.get()))
                .orElseGet(() -> new Fact.Unknown("the newest pressure is not complete"));
    }

    private static Fact heartRate(Readings readings, boolean withheld) {
        return readings.newest(Codes.RESTING_HEART_RATE, longest(Codes.RESTING_HEART_RATE))
                .map(newest -> quantity(newest.getValue(), "/min", "heart rate at rest", newest))
                .orElseGet(() -> missing("heart rate at rest of the last 28 days", withheld));
    }

    private static Fact ejectionFraction(Readings readings, boolean withheld) {
        return readings.newest(Codes.EJECTION_FRACTION, longest(Codes.EJECTION_FRACTION))
                .map(newest -> quantity(newest.getValue(), "%", "ejection fraction", newest))
                .orElseGet(() -> missing("ejection fraction of the last two years", withheld));
    }

    private static Fact quantity(@Nullable Type value, String unit, String what, Observation source) {
        if (value instanceof Quantity quantity
                && quantity.hasValue()
                && !quantity.hasComparator()
                && Codes.UCUM.equals(quantity.getSystem())
                && unit.equals(quantity.getCode())) {
            return new Fact.Known(
                    new DecimalType(quantity.getValue()),
                    what + " " + quantity.getValue().toPlainString() + " " + unit,
                    Readings.source(source));
        }
        return new Fact.Unknown("the newest " + what + " has no value in " + unit);
    }

    private static Fact weightGain(Readings readings, boolean withheld) {
        Optional<Observation> newest = readings.newest(Codes.BODY_WEIGHT, NEW_WEIGHT);
        if (newest.isEmpty()) {
            return missing("weight of the last three days", withheld);
        }
        Instant to = Readings.at(newest.get()).orElseThrow();
        List<Observation> window =
                readings.since(Codes.BODY_WEIGHT, to.minus(NEW_WEIGHT)).toList();
        List<BigDecimal> weights = window.stream()
                .flatMap(each -> kilograms(each).stream())
                .sorted()
                .toList();
        long days = window.stream()
                .map(each ->
                        Readings.at(each).orElseThrow().atZone(ZoneOffset.UTC).toLocalDate())
                .distinct()
                .count();
        Optional<BigDecimal> latest = kilograms(newest.get());
        if (days < 2 || weights.size() < window.size() || latest.isEmpty()) {
            return new Fact.Unknown("there are no weights of two days within three days");
        }
        BigDecimal gain = latest.get().subtract(weights.get(0));
        if (weights.get(weights.size() - 1).subtract(weights.get(0)).compareTo(OTHER_PERSON) > 0) {
            return new Fact.Unknown("the weights differ by more than 5 kg within three days");
        }
        return new Fact.Known(
                new DecimalType(gain), "weight gain " + gain.toPlainString() + " kg", Readings.source(newest.get()));
    }

    private static Optional<BigDecimal> kilograms(Observation weight) {
        return weight.getValue() instanceof Quantity quantity
                        && quantity.hasValue()
                        && Codes.UCUM.equals(quantity.getSystem())
                ? Optional.ofNullable(KILOGRAMS.get(String.valueOf(quantity.getCode())))
                        .map(quantity.getValue()::multiply)
                : Optional.empty();
    }

    private static Fact nyha(Readings readings, boolean withheld) {
        Optional<Observation> newest = readings.newest(Codes.NYHA_CLASS, longest(Codes.NYHA_CLASS));
        if (newest.isEmpty()) {
            return missing("NYHA class of the last 365 days", withheld);
        }
        for (int i = 0; i < NYHA.size(); i++) {
            if (names(newest.get().getValue(), Codes.SNOMED, NYHA.get(i))) {
                return new Fact.Known(new IntegerType(i + 1), "NYHA class " + (i + 1), Readings.source(newest.get()));
            }
        }
        return new Fact.Unknown("the newest NYHA class is in a coding that is not understood");
    }

    private static Fact smoker(Readings readings, boolean withheld) {
        Optional<Observation> newest = readings.newest(Codes.SMOKING_STATUS, longest(Codes.SMOKING_STATUS));
        if (newest.isEmpty()) {
            return missing("smoking status of the last two years", withheld);
        }
        SmokingStatus status = SmokingStatus.of(newest.get().getValue());
        if (status != SmokingStatus.NOT_SAID) {
            boolean smokes = status == SmokingStatus.SMOKES;
            return new Fact.Known(
                    new BooleanType(smokes),
                    smokes ? "the patient smokes" : "the patient does not smoke",
                    Readings.source(newest.get()));
        }
        return new Fact.Unknown("the newest smoking status does not say whether the patient smokes");
    }

    private static Fact chestPain(PatientRecord record, Instant now) {
        return record.answers().stream()
                .filter(each -> String.valueOf(each.getQuestionnaire()).startsWith(SYMPTOM_CHECK + "|"))
                .filter(each -> each.getStatus() == QuestionnaireResponseStatus.COMPLETED
                        || each.getStatus() == QuestionnaireResponseStatus.AMENDED)
                .filter(each -> each.getAuthored() != null)
                .filter(each -> !each.getAuthored().toInstant().isAfter(now))
                .filter(each -> !each.getAuthored().toInstant().isBefore(now.minus(LONGEST_ANSWERS)))
                .max(Comparator.comparing(QuestionnaireResponse::getAuthored))
                .flatMap(FactReader::chestPain)
                .orElseGet(() -> missing(
                        "answer on pain in the chest of the last seven days",
                        record.withheld().contains("QuestionnaireResponse"),
                        "QuestionnaireResponses"));
    }

    private static Optional<Fact> chestPain(QuestionnaireResponse answers) {
        return answers.getItem().stream()
                .filter(item -> "chest-pain".equals(item.getLinkId()))
                .flatMap(item -> item.getAnswer().stream())
                .filter(answer -> answer.getValue() instanceof BooleanType)
                .map(answer -> (BooleanType) answer.getValue())
                .findFirst()
                .map(pain -> new Fact.Known(
                        new BooleanType(pain.booleanValue()),
                        pain.booleanValue() ? "pain in the chest is told of" : "no pain in the chest is told of",
                        References.of(List.of(answers))));
    }

    private static Duration longest(String loinc) {
        return Objects.requireNonNull(LONGEST.get(loinc));
    }

    private static Fact missing(String what, boolean withheld) {
        return missing(what, withheld, "Observations");
    }

    private static Fact missing(String what, boolean withheld, String among) {
        return new Fact.Unknown(withheld ? among + " could not be read" : "there is no " + what);
    }

    private static boolean names(@Nullable Type value, String system, String code) {
        return value instanceof CodeableConcept concept
                && concept.getCoding().stream()
                        .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }
}
