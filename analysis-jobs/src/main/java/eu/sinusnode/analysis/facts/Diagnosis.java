package eu.sinusnode.analysis.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Groups of diagnoses that rules ask for: which ICD-10 codes begin so (ICD-10-GM and ICD-10-WHO agree on these), and which
 * SNOMED CT concepts name them. A SNOMED CT concept below one of these is not recognised: its hierarchy is not shipped.
 */
public enum Diagnosis {
    HEART_FAILURE(List.of("I50", "I42", "I11.0", "I13.0", "I13.2"), "84114007", "42343007", "85898001"),
    HYPERTENSION(List.of("I10", "I11", "I12", "I13", "I15"), "38341003", "59621000"),
    DIABETES(List.of("E10", "E11", "E12", "E13", "E14"), "73211009", "44054006", "46635009"),
    /** Stroke, transient ischaemic attack and arterial thromboembolism. */
    STROKE(List.of("I63", "I64", "I69.3", "I69.4", "G45", "I74"), "230690007", "422504002", "266257000"),
    /** Infarction, coronary, aortic and peripheral arterial disease. */
    VASCULAR_DISEASE(
            List.of("I21", "I22", "I24", "I25", "I70", "I71", "I73.9"),
            "22298006",
            "399211009",
            "53741008",
            "414545008",
            "399957001"),
    /** Infarction and coronary disease, which are {@link #VASCULAR_DISEASE} too. */
    CORONARY_DISEASE(List.of("I21", "I22", "I24", "I25"), "22298006", "53741008", "414545008"),
    ATRIAL_FIBRILLATION(List.of("I48"), "49436004", "282825002", "440059007", "426749004"),
    /** For which CHA2DS2-VA is not made: a mechanical valve, or mitral stenosis. */
    MECHANICAL_VALVE_OR_MITRAL_STENOSIS(List.of("Z95.2", "I05.0", "I05.2", "I34.2"), "79619009"),
    CHRONIC_OBSTRUCTIVE_LUNG_DISEASE(List.of("J44"), "13645005"),
    CHRONIC_KIDNEY_DISEASE(List.of("N18"), "709044004"),
    DIALYSIS_OR_KIDNEY_TRANSPLANT(List.of("Z99.2", "Z94.0", "Z49", "N18.5"), "265764009"),
    CIRRHOSIS(List.of("K70.3", "K71.7", "K74"), "19943007"),
    BLEEDING(
            List.of(
                    "I60", "I61", "I62", "K25.0", "K25.4", "K26.0", "K26.4", "K92.0", "K92.1", "K92.2", "R58", "D66",
                    "D67", "D68", "D69"),
            "131148009",
            "74474003"),
    HARMFUL_ALCOHOL(List.of("F10"), "15167005", "66590003", "7200002"),
    FAMILIAL_HYPERCHOLESTEROLAEMIA(List.of(), "398036000", "403829002");

    private final List<String> icd10;
    private final Set<String> snomed;

    Diagnosis(List<String> icd10, String... snomed) {
        this.icd10 = icd10;
        this.snomed = Set.of(snomed);
    }

    /** ICD-10 codes; longer ones that begin so are meant, too. */
    public List<String> icd10() {
        return icd10;
    }

    /** SNOMED CT concepts. */
    public Set<String> snomed() {
        return snomed;
    }

    public static Set<Diagnosis> ofIcd10(String code) {
        return Arrays.stream(values())
                .filter(diagnosis -> diagnosis.icd10.stream().anyMatch(code::startsWith))
                .collect(Collectors.toUnmodifiableSet());
    }

    public static Set<Diagnosis> ofSnomed(String code) {
        return Arrays.stream(values())
                .filter(diagnosis -> diagnosis.snomed.contains(code))
                .collect(Collectors.toUnmodifiableSet());
    }
}
