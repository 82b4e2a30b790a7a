package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.sampledata.chance.Draws;
import eu.sinusnode.sampledata.clinical.ClinicalPicture;
import eu.sinusnode.sampledata.clinical.Diagnosis;
import eu.sinusnode.sampledata.clinical.Personas;
import eu.sinusnode.sampledata.clinical.RhythmDevice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The therapy plan (CarePlan) with its Goals and MedicationRequests: what to measure, to take, to do and to eat. Drugs are
 * typical first choices for the diagnoses; doses are left out, since nobody should read one from synthetic data.
 */
public final class PlanResources {

    private static final String CARE_PLAN = "734163000";
    private static final String ATC = "http://fhir.de/CodeSystem/bfarm/atc";
    private static final String EXERCISE_THERAPY = "229065009";
    private static final String LOW_SODIUM_DIET = "386619000";

    /** With fibrillation; the others are who a score of stroke risk has to find. */
    private static final double ANTICOAGULATED = 0.75;
    /** One of the cast: with fibrillation that was found lately. */
    private static final int NOT_ANTICOAGULATED = 2;

    /** A drug by its ATC code. */
    private record Drug(String code, String name, int timesADay) {}

    private final BundleWriter bundle;
    private final Subject subject;
    private final ClinicalPicture picture;
    private final LocalDate start;

    private PlanResources(BundleWriter bundle, Subject subject) {
        this.bundle = bundle;
        this.subject = subject;
        this.picture = subject.picture();
        this.start = subject.timeline().date(0);
    }

    public static void write(BundleWriter bundle, Subject subject) {
        PlanResources resources = new PlanResources(bundle, subject);
        resources.pressureGoal();
        if (resources.picture.hasHeartFailure()) {
            resources.weightGoal();
        }
        List<Drug> drugs = resources.drugs();
        drugs.forEach(resources::prescription);
        resources.plan(drugs);
    }

    private Json goal(String name, String words) {
        return bundle.resource("Goal", subject.id(name))
                .text("lifecycleStatus", "active")
                .object("description")
                .text("text", words)
                .end()
                .reference("subject", "Patient", subject.id())
                .text("startDate", start.toString())
                .array("target");
    }

    private void pressureGoal() {
        Json json = goal("goal/pressure", "Blutdruck zu Hause im Mittel unter 130/80 mmHg");
        json.object().concept("measure", Codes.LOINC, Codes.SYSTOLIC).object("detailRange");
        json.object("low").number("value", 120).unit("mmHg", "mm[Hg]").end();
        json.object("high").number("value", 129).unit("mmHg", "mm[Hg]").end();
        json.end().end();
        json.object().concept("measure", Codes.LOINC, Codes.DIASTOLIC).object("detailRange");
        json.object("low").number("value", 70).unit("mmHg", "mm[Hg]").end();
        json.object("high").number("value", 79).unit("mmHg", "mm[Hg]").end();
        json.end().end();
        json.endArray();
        bundle.endResource("Goal", subject.id("goal/pressure"));
    }

    private void weightGoal() {
        goal("goal/weight", "Kein Gewichtsanstieg von mehr als 2 kg in drei Tagen")
                .object()
                .concept("measure", Codes.LOINC, Codes.BODY_WEIGHT)
                .object("detailQuantity")
                .text("comparator", "<")
                .number("value", 2)
                .unit("kg", "kg")
                .end()
                .end()
                .endArray();
        bundle.endResource("Goal", subject.id("goal/weight"));
    }

    private void prescription(Drug drug) {
        bundle.resource("MedicationRequest", prescriptionOf(drug))
                .text("status", "active")
                .text("intent", "order")
                .concept("medicationCodeableConcept", ATC, drug.code(), drug.name())
                .reference("subject", "Patient", subject.id())
                .text("authoredOn", start.toString())
                .reference("requester", "Practitioner", subject.clinician().id())
                .array("dosageInstruction")
                .object()
                .object("timing");
        repeat(drug.timesADay(), "d");
        bundle.json().end().end().endArray();
        bundle.endResource("MedicationRequest", prescriptionOf(drug));
    }

    private String prescriptionOf(Drug drug) {
        return subject.id("medication-request/" + drug.code());
    }

    private void plan(List<Drug> drugs) {
        String id = subject.id("care-plan");
        Json json = bundle.resource("CarePlan", id)
                .text("status", "active")
                .text("intent", "plan")
                .onlyConcept("category", Codes.SNOMED, CARE_PLAN)
                .text("title", "Therapieplan")
                .reference("subject", "Patient", subject.id())
                .object("period")
                .text("start", start.toString())
                .end()
                .text("created", start.toString())
                .reference("author", "Practitioner", subject.clinician().id())
                .onlyReference("careTeam", "CareTeam", subject.id("care-team"))
                .array("addresses");
        for (Diagnosis diagnosis : picture.diagnoses()) {
            json.object()
                    .text("reference", "Condition/" + PatientResources.condition(subject, diagnosis))
                    .end();
        }
        json.endArray().array("goal");
        json.object().text("reference", "Goal/" + subject.id("goal/pressure")).end();
        if (picture.hasHeartFailure()) {
            json.object().text("reference", "Goal/" + subject.id("goal/weight")).end();
        }
        json.endArray().array("activity");
        measurements();
        for (Drug drug : drugs) {
            json.object()
                    .reference("reference", "MedicationRequest", prescriptionOf(drug))
                    .end();
        }
        activity("ServiceRequest", Codes.SNOMED, EXERCISE_THERAPY, "Zügig gehen oder Rad fahren, 30 Minuten", 5, "wk");
        activity("NutritionOrder", Codes.SNOMED, LOW_SODIUM_DIET, "Salzarme Kost, viel Gemüse", 1, "d");
        json.endArray();
        bundle.endResource("CarePlan", id);
    }

    private void measurements() {
        activity("ServiceRequest", Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL, "Blutdruck messen, je zweimal", 2, "d");
        if (picture.scale()) {
            int timesAWeek = picture.hasHeartFailure() ? 7 : 2;
            activity("ServiceRequest", Codes.LOINC, Codes.BODY_WEIGHT, "Morgens wiegen", timesAWeek, "wk");
        }
        if (picture.rhythmDevice() != RhythmDevice.NONE) {
            activity("ServiceRequest", Codes.LOINC, Codes.HEART_RATE, "Herzfrequenz aufzeichnen", 10, "d");
        }
    }

    private List<Drug> drugs() {
        List<Drug> drugs = new ArrayList<>();
        boolean failure = picture.hasHeartFailure();
        if (failure) {
            drugs.add(new Drug("C09DX04", "Sacubitril/Valsartan", 2));
            drugs.add(new Drug("C03DA01", "Spironolacton", 1));
            drugs.add(new Drug("A10BK01", "Dapagliflozin", 1));
            drugs.add(new Drug("C03CA04", "Torasemid", 1));
        } else if (picture.has(Diagnosis.HYPERTENSION)) {
            drugs.add(new Drug("C09AA05", "Ramipril", 1));
            drugs.add(new Drug("C08CA01", "Amlodipin", 1));
        }
        if (picture.betaBlocker()) {
            drugs.add(new Drug("C07AB07", "Bisoprolol", 1));
        }
        if (picture.hasAtrialFibrillation() && isAnticoagulated()) {
            drugs.add(new Drug("B01AF02", "Apixaban", 2));
        } else if (picture.hasCoronaryDisease()) {
            drugs.add(new Drug("B01AC06", "Acetylsalicylsäure", 1));
        }
        if (picture.hasCoronaryDisease()) {
            drugs.add(new Drug("C10AA05", "Atorvastatin", 1));
        }
        return drugs;
    }

    private boolean isAnticoagulated() {
        int number = subject.person().number();
        long seed = UUID.fromString(subject.id("anticoagulant")).getLeastSignificantBits();
        boolean drawn = Draws.of(seed, number, "anticoagulant").chance(ANTICOAGULATED);
        return number > Personas.COUNT ? drawn : number != NOT_ANTICOAGULATED;
    }

    private void activity(String kind, String system, String code, String words, int frequency, String unit) {
        bundle.json()
                .object()
                .object("detail")
                .text("kind", kind)
                .concept("code", system, code, words)
                .text("status", "in-progress")
                .object("scheduledTiming");
        repeat(frequency, unit);
        bundle.json().end().end().end();
    }

    private void repeat(int frequency, String unit) {
        bundle.json()
                .object("repeat")
                .number("frequency", frequency)
                .number("period", 1)
                .text("periodUnit", unit)
                .end();
    }
}
