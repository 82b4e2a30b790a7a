package eu.sinusnode.profiles;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which codes of a record the rules and scores of the analysis job ask for beside vital readings. The server gives the job
 * records that carry one of these, with these codes, and no other: ICD-10 and ATC codes that begin so, and single SNOMED CT
 * and LOINC codes.
 */
public final class RiskInputCodes {

    public static final List<String> ICD_10_SYSTEMS = List.of(Codes.ICD_10_GM, "http://hl7.org/fhir/sid/icd-10");
    public static final List<String> ATC_SYSTEMS =
            List.of("http://fhir.de/CodeSystem/bfarm/atc", "http://www.whocc.no/atc");

    /** Diagnoses by ICD-10. */
    public static final Set<String> ICD_10 = words("""
            I50 I42 I11.0 I13.0 I13.2 I10 I11 I12 I13 I15 E10 E11 E12 E13 E14 I63 I64 I69.3 I69.4 G45 I74 I21 I22 I24 I25
            I70 I71 I73.9 I48 Z95.2 I05.0 I05.2 I34.2 J44 N18 Z99.2 Z94.0 Z49 N18.5 K70.3 K71.7 K74 I60 I61 I62 K25.0
            K25.4 K26.0 K26.4 K92.0 K92.1 K92.2 R58 D66 D67 D68 D69 F10""");

    /** Diagnoses by SNOMED CT. */
    public static final Set<String> SNOMED = words("""
            84114007 42343007 85898001 38341003 59621000 73211009 44054006 46635009 230690007 422504002 266257000 22298006
            399211009 53741008 414545008 399957001 49436004 282825002 440059007 426749004 79619009 13645005 709044004
            265764009 19943007 131148009 74474003 15167005 66590003 7200002 398036000 403829002""");

    /** Drugs by ATC. */
    public static final Set<String> ATC =
            words("C02 C03 C07 C08 C09 B01AA B01AE07 B01AF B01AC M01A C01AA C01EB17 C01BD01");

    /** Laboratory and bedside values, smoking status and NYHA class. */
    public static final Set<String> LOINC = Set.of(
            LaboratoryCodes.CHOLESTEROL,
            LaboratoryCodes.CHOLESTEROL_MASS,
            LaboratoryCodes.HDL_CHOLESTEROL,
            LaboratoryCodes.HDL_CHOLESTEROL_MASS,
            LaboratoryCodes.CREATININE,
            LaboratoryCodes.CREATININE_MASS,
            LaboratoryCodes.FASTING_GLUCOSE,
            LaboratoryCodes.FASTING_GLUCOSE_MASS,
            Codes.EJECTION_FRACTION,
            Codes.SMOKING_STATUS,
            Codes.NYHA_CLASS);

    /** Findings for coronary risk, codes of {@link Canonicals#OBSERVATION_CODES}. */
    public static final Set<String> FINDINGS = Set.of(
            Codes.CHEST_PAIN_TYPE,
            Codes.EXERCISE_ANGINA,
            Codes.EXERCISE_ST_DEPRESSION,
            Codes.MAXIMAL_EXERCISE_HEART_RATE);

    /** How much of a therapy plan was kept, as the server computes it; codes of {@link Canonicals#OBSERVATION_CODES}. */
    public static final Set<String> ADHERENCE = Set.of(Codes.DAYS_COVERED, Codes.MEASUREMENTS_KEPT);

    /** Codes of Observations of either system, in their order. */
    public static final List<String> OF_OBSERVATIONS =
            Stream.of(LOINC, FINDINGS, ADHERENCE).flatMap(Set::stream).sorted().toList();

    private RiskInputCodes() {}

    /** The system of a code of Observations that rules, or readings of vital signs, have. */
    public static String systemOf(String code) {
        return FINDINGS.contains(code) || ADHERENCE.contains(code) ? Canonicals.OBSERVATION_CODES : Codes.LOINC;
    }

    private static Set<String> words(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
