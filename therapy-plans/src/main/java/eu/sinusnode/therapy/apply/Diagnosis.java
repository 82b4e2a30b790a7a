package eu.sinusnode.therapy.apply;

import eu.sinusnode.profiles.Codes;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;

/**
 * A diagnosis that a programme asks for: the ICD-10 codes that begin so, and the SNOMED CT concepts that name it. A concept
 * below one of these is not recognised: the hierarchy is not shipped.
 *
 * <p>"Yes" needs a Condition that is active and not in doubt, "no" one that is refuted, excluded or over. A record that
 * says neither leaves it open: a list of diagnoses is rarely complete, and some of it may be withheld. Whether the record
 * has it is another question, which such a record answers by "no".
 */
record Diagnosis(String words, List<String> icd10, Set<String> snomed) {

    static final Diagnosis HYPERTENSION = of("hypertension", List.of("I10", "I11", "I12", "I13", "I15"), "38341003");
    static final Diagnosis ATRIAL_FIBRILLATION =
            of("atrial fibrillation", List.of("I48"), "49436004", "282825002", "440059007", "426749004");
    static final Diagnosis CORONARY_DISEASE =
            of("coronary disease", List.of("I20", "I21", "I22", "I24", "I25"), "53741008", "414545008", "22298006");
    static final Diagnosis HEART_FAILURE =
            of("heart failure", List.of("I50", "I11.0", "I13.0", "I13.2"), "84114007", "42343007", "85232009");
    static final Diagnosis ACUTE_HEART_FAILURE = of("acute heart failure", List.of("I50.14"), "56675007");
    static final Diagnosis UNSTABLE_ANGINA = of("unstable angina", List.of("I20.0"), "4557003");
    static final Diagnosis ACUTE_INFLAMMATION =
            of("acute inflammation of the heart", List.of("I30", "I33", "I40", "I41"), "46701001", "15555002");
    static final Diagnosis DIABETES =
            of("diabetes", List.of("E10", "E11", "E12", "E13", "E14"), "73211009", "44054006", "46635009");
    static final Diagnosis STROKE = of(
            "stroke, TIA or arterial thromboembolism",
            List.of("I63", "I64", "I69.3", "I69.4", "G45", "I74"),
            "230690007",
            "422504002",
            "266257000");
    static final Diagnosis VASCULAR_DISEASE = of(
            "vascular disease",
            List.of("I21", "I22", "I24", "I25", "I70", "I71", "I73.9"),
            "22298006",
            "399211009",
            "53741008",
            "414545008",
            "399957001");

    private static final Set<String> ICD_10 = Set.of(Codes.ICD_10_GM, "http://hl7.org/fhir/sid/icd-10");
    private static final String CERTAINTY = "http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit";
    private static final Set<String> OVER = Set.of("inactive", "remission", "resolved");
    private static final Set<String> IN_DOUBT = Set.of("unconfirmed", "provisional", "differential");

    private enum Said {
        YES,
        OVER,
        REFUTED,
        IN_DOUBT,
        NOTHING
    }

    static Diagnosis of(String words, List<String> icd10, String... snomed) {
        return new Diagnosis(words, icd10, Set.of(snomed));
    }

    /** Whether the patient has it now. */
    Fact in(PatientRecord record) {
        return has(record, Set.of(Said.YES), Set.of(Said.OVER, Said.REFUTED));
    }

    /** Whether the patient has it, or has had it. */
    Fact everIn(PatientRecord record) {
        return has(record, Set.of(Said.YES, Said.OVER), Set.of(Said.REFUTED));
    }

    /** Whether the record says that the patient has it now. */
    Fact recordedIn(PatientRecord record) {
        return recorded(record, Set.of(Said.YES));
    }

    /** Whether the record says that the patient has it, or has had it. */
    Fact everRecordedIn(PatientRecord record) {
        return recorded(record, Set.of(Said.YES, Said.OVER));
    }

    private Fact recorded(PatientRecord record, Set<Said> yes) {
        List<Condition> found = saying(yes, record.conditions());
        if (!found.isEmpty()) {
            return new Fact.Known(new BooleanType(true), words + " is in the record", References.of(found));
        }
        if (record.withheld().contains("Condition")) {
            return new Fact.Unknown("diagnoses could not be read");
        }
        return saying(Set.of(Said.IN_DOUBT), record.conditions()).isEmpty()
                ? new Fact.Known(new BooleanType(false), words + " is not in the record", List.of())
                : new Fact.Unknown(words + " is suspected");
    }

    private Fact has(PatientRecord record, Set<Said> ifYes, Set<Said> ifNo) {
        List<Condition> yes = saying(ifYes, record.conditions());
        if (!yes.isEmpty()) {
            return new Fact.Known(new BooleanType(true), words + " is in the record", References.of(yes));
        }
        List<Condition> no = saying(ifNo, record.conditions());
        List<Condition> doubt = saying(Set.of(Said.IN_DOUBT), record.conditions());
        if (!no.isEmpty() && doubt.isEmpty() && !record.withheld().contains("Condition")) {
            return new Fact.Known(new BooleanType(false), words + " is refuted or over", References.of(no));
        }
        if (!doubt.isEmpty()) {
            return new Fact.Unknown(words + " is suspected");
        }
        return new Fact.Unknown(
                record.withheld().contains("Condition")
                        ? "diagnoses could not be read"
                        : "the record does not say whether there is " + words);
    }

    private List<Condition> saying(Set<Said> said, List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> said.contains(said(condition)))
                .toList();
    }

    private Said said(Condition condition) {
        if (hasAny(condition.getVerificationStatus(), Set.of("entered-in-error"))
                || condition.getCode().getCoding().stream().noneMatch(this::names)) {
            return Said.NOTHING;
        }
        List<String> certainties = condition.getCode().getCoding().stream()
                .filter(this::names)
                .map(Diagnosis::certainty)
                .toList();
        if (hasAny(condition.getVerificationStatus(), Set.of("refuted")) || certainties.contains("A")) {
            return Said.REFUTED;
        }
        if (hasAny(condition.getClinicalStatus(), OVER) || certainties.contains("Z")) {
            return Said.OVER;
        }
        return hasAny(condition.getVerificationStatus(), IN_DOUBT) || certainties.contains("V")
                ? Said.IN_DOUBT
                : Said.YES;
    }

    private boolean names(Coding coding) {
        if (Codes.SNOMED.equals(coding.getSystem())) {
            return snomed.contains(coding.getCode());
        }
        String code = coding.getCode();
        return code != null
                && ICD_10.contains(coding.getSystem())
                && icd10.stream().anyMatch(code::startsWith);
    }

    /** Of a diagnosis in ICD-10-GM: A excluded, V suspected, Z state after, G certain. */
    private static String certainty(Coding coding) {
        return coding.getExtensionByUrl(CERTAINTY) != null
                        && coding.getExtensionByUrl(CERTAINTY).getValue() instanceof Coding certainty
                        && certainty.hasCode()
                ? certainty.getCode()
                : "";
    }

    private static boolean hasAny(CodeableConcept concept, Set<String> codes) {
        return concept.getCoding().stream().anyMatch(coding -> codes.contains(coding.getCode()));
    }
}
