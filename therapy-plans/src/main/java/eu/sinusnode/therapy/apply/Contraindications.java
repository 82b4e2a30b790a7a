package eu.sinusnode.therapy.apply;

import eu.sinusnode.therapy.medicine.MedicineClass;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;

/**
 * The contraindications that keep a medicine from being proposed. A short table: what is not in it is the clinician's to think
 * of. A record without a diagnosis does not have it; what is suspected, or could not be read, is asked about.
 *
 * <p>Source: summaries of product characteristics, section 4.3, and the guidelines of the programmes; docs/therapy-plans.md
 * has the table in words. It needs the sign-off of a medical lead.
 */
final class Contraindications {

    private static final Diagnosis INTRACRANIAL_BLEEDING =
            Diagnosis.of("intracranial bleeding", List.of("I60", "I61", "I62"), "1386000");
    private static final Diagnosis BLEEDING = Diagnosis.of(
            "gastrointestinal bleeding",
            List.of("K25.0", "K25.4", "K26.0", "K26.4", "K92.0", "K92.1", "K92.2"),
            "74474003");
    private static final Diagnosis VALVE = Diagnosis.of(
            "a mechanical valve or mitral stenosis", List.of("Z95.2", "I05.0", "I05.2", "I34.2"), "79619009");
    private static final Diagnosis LIVER_DISEASE =
            Diagnosis.of("acute liver disease", List.of("B15", "B16", "B17", "K72"), "59927004");
    private static final Diagnosis ANGIOEDEMA = Diagnosis.of("angioedema", List.of("T78.3", "D84.1"), "41291007");
    private static final Diagnosis HYPERKALAEMIA = Diagnosis.of("hyperkalaemia", List.of("E87.5"), "14140009");
    private static final Diagnosis RENAL_ARTERY_STENOSIS =
            Diagnosis.of("renal artery stenosis", List.of("I70.1"), "302233006");
    private static final Diagnosis ASTHMA = Diagnosis.of("asthma", List.of("J45", "J46"), "195967001");
    private static final Diagnosis SLOW_CONDUCTION =
            Diagnosis.of("AV block of degree II or III or sick sinus", List.of("I44.1", "I44.2", "I49.5"));
    private static final Diagnosis KIDNEY_FAILURE = Diagnosis.of(
            "kidney disease of stage 4 or 5", List.of("N18.4", "N18.5", "Z99.2"), "431857002", "433146000");
    private static final Diagnosis ADDISON = Diagnosis.of("adrenal insufficiency", List.of("E27.1", "E27.2", "E27.4"));
    private static final Diagnosis DIABETES_TYPE_1 = Diagnosis.of("diabetes of type 1", List.of("E10"), "46635009");
    private static final Diagnosis KETOACIDOSIS =
            Diagnosis.of("ketoacidosis", List.of("E11.1", "E12.1", "E13.1", "E14.1"), "420422005");
    private static final Diagnosis AORTIC_STENOSIS =
            Diagnosis.of("aortic stenosis", List.of("I35.0", "I35.2", "I06.0", "I06.2"), "60573004");
    private static final Diagnosis SALTS =
            Diagnosis.of("low sodium or potassium", List.of("E87.1", "E87.6"), "89627008", "43339004");
    private static final Diagnosis GOUT = Diagnosis.of("gout", List.of("M10"), "90560007");

    private enum Pregnant {
        CONTRAINDICATED,
        NOT_ASKED
    }

    /**
     * @param now diagnoses that count while they last
     * @param ever diagnoses that count for good
     * @param allergens ATC codes
     */
    private record Against(List<Diagnosis> now, List<Diagnosis> ever, Pregnant pregnant, List<String> allergens) {}

    private static final Map<MedicineClass, Against> TABLE = Map.of(
            MedicineClass.ANTIPLATELET,
            new Against(
                    List.of(BLEEDING),
                    List.of(INTRACRANIAL_BLEEDING),
                    Pregnant.CONTRAINDICATED,
                    List.of("B01AC", "N02BA")),
            MedicineClass.STATIN,
            new Against(List.of(LIVER_DISEASE), List.of(), Pregnant.CONTRAINDICATED, List.of("C10AA")),
            MedicineClass.ANTICOAGULANT,
            new Against(
                    List.of(BLEEDING, LIVER_DISEASE, KIDNEY_FAILURE),
                    List.of(VALVE, INTRACRANIAL_BLEEDING),
                    Pregnant.CONTRAINDICATED,
                    List.of("B01AF")),
            MedicineClass.RAS_BLOCKER,
            new Against(
                    List.of(HYPERKALAEMIA, RENAL_ARTERY_STENOSIS),
                    List.of(ANGIOEDEMA),
                    Pregnant.CONTRAINDICATED,
                    List.of("C09")),
            MedicineClass.BETA_BLOCKER,
            new Against(List.of(ASTHMA, SLOW_CONDUCTION), List.of(), Pregnant.NOT_ASKED, List.of("C07")),
            MedicineClass.MINERALOCORTICOID_ANTAGONIST,
            new Against(
                    List.of(HYPERKALAEMIA, KIDNEY_FAILURE, ADDISON),
                    List.of(),
                    Pregnant.CONTRAINDICATED,
                    List.of("C03DA")),
            MedicineClass.SGLT2_INHIBITOR,
            new Against(
                    List.of(DIABETES_TYPE_1, KIDNEY_FAILURE),
                    List.of(KETOACIDOSIS),
                    Pregnant.CONTRAINDICATED,
                    List.of("A10BK")),
            MedicineClass.CALCIUM_BLOCKER,
            new Against(
                    List.of(Diagnosis.HEART_FAILURE, AORTIC_STENOSIS), List.of(), Pregnant.NOT_ASKED, List.of("C08CA")),
            MedicineClass.THIAZIDE,
            new Against(
                    List.of(SALTS, KIDNEY_FAILURE), List.of(GOUT), Pregnant.CONTRAINDICATED, List.of("C03A", "C03B")));

    private Contraindications() {}

    /** Yes: there is one. No: each was looked for, and is not in the record. */
    static Fact in(PatientRecord record, MedicineClass medicine, Fact age) {
        Against against = Objects.requireNonNull(TABLE.get(medicine), medicine.name());
        List<Fact> facts = Stream.of(
                        Stream.of(Allergies.to(against.allergens(), record)),
                        against.now().stream().map(diagnosis -> diagnosis.recordedIn(record)),
                        against.ever().stream().map(diagnosis -> diagnosis.everRecordedIn(record)),
                        against.pregnant() == Pregnant.CONTRAINDICATED
                                ? Stream.of(Pregnancy.in(record, age))
                                : Stream.<Fact>of())
                .flatMap(each -> each)
                .toList();
        List<Fact.Known> found = facts.stream()
                .filter(Fact.Known.class::isInstance)
                .map(Fact.Known.class::cast)
                .filter(known -> ((BooleanType) known.value()).booleanValue())
                .toList();
        if (!found.isEmpty()) {
            List<String> sources = found.stream()
                    .flatMap(known -> known.sources().stream())
                    .distinct()
                    .toList();
            // Plans are read by who may not read diagnoses: the record is named, and not what it says.
            return new Fact.Known(
                    new BooleanType(true),
                    "a contraindication is in the record: " + String.join(", ", sources),
                    sources);
        }
        List<Fact> open = facts.stream().filter(Fact.Unknown.class::isInstance).toList();
        return open.isEmpty()
                ? new Fact.Known(
                        new BooleanType(false),
                        "no contraindication to " + medicine.words() + " is in the record",
                        List.of())
                : new Fact.Unknown(open.stream().map(Fact::words).distinct().collect(Collectors.joining(", ")));
    }
}
