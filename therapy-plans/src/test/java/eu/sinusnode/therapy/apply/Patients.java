package eu.sinusnode.therapy.apply;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.Programmes;
import eu.sinusnode.therapy.medicine.Prescription;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Builds records of patients, and the programmes that are applied to them. */
final class Patients {

    static final FhirContext FHIR = FhirContext.forR4Cached();
    static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";
    static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    static final String ID = "0b9f3c1e-5d6a-5c3b-9f0e-1a2b3c4d5e6f";
    static final List<MetadataResource> DEFINITIONS = Programmes.resources(FHIR);

    private final Patient patient = new Patient();
    private final List<Condition> conditions = new ArrayList<>();
    private final List<Observation> observations = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final List<QuestionnaireResponse> answers = new ArrayList<>();
    private final List<Prescription> medication = new ArrayList<>();
    private final List<AllergyIntolerance> allergies = new ArrayList<>();
    private final Set<String> withheld = new HashSet<>();

    private Patients() {
        patient.setId("Patient/" + ID);
    }

    static Patients born(String date) {
        Patients patients = new Patients();
        patients.patient.getBirthDateElement().setValueAsString(date);
        return patients;
    }

    /** Sixty years old; every contraindication of training has been looked for and is not there. */
    static Patients fitForTraining() {
        return born("1966-03-01")
                .pressure(132, 82)
                .heartRate(68)
                .refuted("I20.0")
                .refuted("I40")
                .refuted("I50.14")
                .nyha(1)
                .chestPain(false)
                .takes("C07AB02");
    }

    static Programme programme(String name) {
        PlanDefinition plan = DEFINITIONS.stream()
                .filter(PlanDefinition.class::isInstance)
                .map(PlanDefinition.class::cast)
                .filter(each -> each.getUrl().endsWith("/" + name))
                .findFirst()
                .orElseThrow();
        return Programme.of(
                plan,
                DEFINITIONS.stream()
                        .filter(ActivityDefinition.class::isInstance)
                        .map(ActivityDefinition.class::cast)
                        .toList());
    }

    Patients diagnosed(String icd10) {
        return condition(icd10, "active", "confirmed");
    }

    Patients refuted(String icd10) {
        return condition(icd10, null, "refuted");
    }

    Patients condition(String icd10, @Nullable String clinical, String verification) {
        Condition condition = new Condition();
        condition.setId("Condition/c" + conditions.size());
        condition.setCode(concept(Codes.ICD_10_GM, icd10));
        if (clinical != null) {
            condition.setClinicalStatus(concept("http://terminology.hl7.org/CodeSystem/condition-clinical", clinical));
        }
        condition.setVerificationStatus(
                concept("http://terminology.hl7.org/CodeSystem/condition-ver-status", verification));
        conditions.add(condition);
        return this;
    }

    Patients pressure(int systolic, int diastolic) {
        return pressure(systolic, diastolic, Duration.ofHours(2), null);
    }

    Patients pressure(int systolic, int diastolic, Duration ago, @Nullable String device) {
        Observation pressure = observation(Codes.BLOOD_PRESSURE_PANEL, ago);
        pressure.addComponent().setCode(concept(Codes.LOINC, Codes.SYSTOLIC)).setValue(quantity(systolic, "mm[Hg]"));
        pressure.addComponent().setCode(concept(Codes.LOINC, Codes.DIASTOLIC)).setValue(quantity(diastolic, "mm[Hg]"));
        if (device != null) {
            pressure.setDevice(new Reference("Device/" + device));
        }
        return this;
    }

    Patients device(String id, String kind) {
        Device device = new Device();
        device.setId("Device/" + id);
        device.setType(concept(Canonicals.DEVICE_KINDS, kind));
        devices.add(device);
        return this;
    }

    Patients heartRate(int rate) {
        observation(Codes.RESTING_HEART_RATE, Duration.ofHours(3)).setValue(quantity(rate, "/min"));
        return this;
    }

    Patients weight(String value, String unit, Duration ago) {
        observation(Codes.BODY_WEIGHT, ago).setValue(quantity(0, unit).setValue(new BigDecimal(value)));
        return this;
    }

    Patients nyha(int nyha) {
        String code =
                List.of("420300004", "421704003", "420913000", "422293003").get(nyha - 1);
        observation(Codes.NYHA_CLASS, Duration.ofDays(20)).setValue(concept(Codes.SNOMED, code));
        return this;
    }

    Patients smoking(String code) {
        observation(Codes.SMOKING_STATUS, Duration.ofDays(100)).setValue(concept(Codes.SNOMED, code));
        return this;
    }

    Patients chestPain(boolean pain) {
        QuestionnaireResponse answer = new QuestionnaireResponse();
        answer.setId("QuestionnaireResponse/q" + answers.size());
        answer.setQuestionnaire(FactReader.SYMPTOM_CHECK + "|1.0.0");
        answer.setStatus(QuestionnaireResponseStatus.COMPLETED);
        answer.setAuthored(Date.from(NOW.minus(Duration.ofDays(2))));
        answer.addItem().setLinkId("chest-pain").addAnswer().setValue(new BooleanType(pain));
        answers.add(answer);
        return this;
    }

    Patients takes(String atc) {
        MedicationRequest request = new MedicationRequest();
        request.setId("MedicationRequest/m" + medication.size());
        request.setStatus(MedicationRequestStatus.ACTIVE);
        request.setIntent(MedicationRequestIntent.ORDER);
        request.setMedication(concept(ATC, atc));
        medication.add(
                new Prescription(request, request.getMedicationCodeableConcept().getCoding()));
        return this;
    }

    /** The last prescription, changed. */
    Patients but(Consumer<MedicationRequest> change) {
        change.accept(medication.get(medication.size() - 1).request());
        return this;
    }

    Patients takesInWords(String text) {
        takes("");
        medication.set(
                medication.size() - 1,
                new Prescription(medication.get(medication.size() - 1).request(), List.of()));
        return but(request -> request.setMedication(new CodeableConcept().setText(text)));
    }

    Patients male() {
        patient.setGender(AdministrativeGender.MALE);
        return this;
    }

    Patients female() {
        patient.setGender(AdministrativeGender.FEMALE);
        return this;
    }

    AllergyIntolerance allergic(String system, String code) {
        AllergyIntolerance allergy = new AllergyIntolerance();
        allergy.setId("AllergyIntolerance/a" + allergies.size());
        allergy.setCode(concept(system, code));
        allergies.add(allergy);
        return allergy;
    }

    Patients allergicTo(String atc) {
        allergic(ATC, atc);
        return this;
    }

    Patients ejectionFraction(int percent) {
        observation(Codes.EJECTION_FRACTION, Duration.ofDays(100)).setValue(quantity(percent, "%"));
        return this;
    }

    Patients withheld(String type) {
        withheld.add(type);
        return this;
    }

    PatientFacts facts() {
        return FactReader.read(
                new PatientRecord(patient, conditions, observations, devices, answers, medication, allergies, withheld),
                NOW);
    }

    AppliedPlan in(String programme) {
        return new PlanEngine(FHIR).apply(programme(programme), facts(), order());
    }

    static PlanOrder order() {
        return new PlanOrder(
                PlanOrder.key("programme", "Patient/" + ID, 0),
                "Practitioner/2f1d7a52-2f0b-5e0e-8a43-6f1d0c1b2a39",
                "Organization/7e1c4f0a-90b3-5a88-8a3e-3c2d1e0f9a8b",
                LocalDate.of(2026, 11, 27));
    }

    Observation observation(String loinc, Duration ago) {
        Observation observation = new Observation();
        observation.setId("Observation/o" + observations.size());
        observation.setStatus(ObservationStatus.FINAL);
        observation.setCode(concept(Codes.LOINC, loinc));
        observation.setEffective(new DateTimeType(Date.from(NOW.minus(ago))));
        observations.add(observation);
        return observation;
    }

    static Quantity quantity(int value, String unit) {
        return new Quantity()
                .setValue(value)
                .setUnit(unit)
                .setSystem(Codes.UCUM)
                .setCode(unit);
    }

    static CodeableConcept concept(String system, String code) {
        return new CodeableConcept(new Coding(system, code, null));
    }
}
