package eu.sinusnode.profiles;

import java.util.List;

/**
 * LOINC codes of the laboratory values that scores read. The code says what the unit is: amount of substance (mmol/L,
 * umol/L), or mass (mg/dL) where the name ends so. Which units and ranges go with each: the invariants of {@link
 * Canonicals#LABORATORY_VALUE}.
 */
public final class LaboratoryCodes {

    public static final String CREATININE = "14682-9";
    public static final String CREATININE_MASS = "2160-0";
    public static final String EGFR = "98979-8";
    public static final String EGFR_2009 = "62238-1";
    public static final String EGFR_MDRD = "33914-3";
    public static final String CHOLESTEROL = "14647-2";
    public static final String CHOLESTEROL_MASS = "2093-3";
    public static final String HDL_CHOLESTEROL = "14646-4";
    public static final String HDL_CHOLESTEROL_MASS = "2085-9";
    public static final String LDL_CHOLESTEROL = "22748-8";
    public static final String LDL_CHOLESTEROL_CALCULATED = "39469-2";
    public static final String LDL_CHOLESTEROL_MASS_CALCULATED = "13457-7";
    public static final String LDL_CHOLESTEROL_MASS = "18262-6";
    public static final String HBA1C = "4548-4";
    public static final String HBA1C_IFCC = "59261-8";
    public static final String GLUCOSE_MASS = "2345-7";
    public static final String BLOOD_GLUCOSE_MASS = "2339-0";
    public static final String FASTING_GLUCOSE_MASS = "1558-6";
    public static final String GLUCOSE = "14749-6";
    public static final String BLOOD_GLUCOSE = "15074-8";
    public static final String FASTING_GLUCOSE = "14771-0";
    public static final String POTASSIUM = "2823-3";
    public static final String BLOOD_POTASSIUM = "6298-4";
    public static final String NT_PRO_BNP = "33762-6";
    public static final String INR = "6301-6";
    public static final String BILIRUBIN = "14631-6";
    public static final String BILIRUBIN_MASS = "1975-2";
    public static final String ALT = "1742-6";
    public static final String AST = "1920-8";

    /** All of them; the value set {@code laboratory-code} names the same. */
    public static final List<String> ALL = List.of(
            CREATININE,
            CREATININE_MASS,
            EGFR,
            EGFR_2009,
            EGFR_MDRD,
            CHOLESTEROL,
            CHOLESTEROL_MASS,
            HDL_CHOLESTEROL,
            HDL_CHOLESTEROL_MASS,
            LDL_CHOLESTEROL,
            LDL_CHOLESTEROL_CALCULATED,
            LDL_CHOLESTEROL_MASS_CALCULATED,
            LDL_CHOLESTEROL_MASS,
            HBA1C,
            HBA1C_IFCC,
            GLUCOSE_MASS,
            BLOOD_GLUCOSE_MASS,
            FASTING_GLUCOSE_MASS,
            GLUCOSE,
            BLOOD_GLUCOSE,
            FASTING_GLUCOSE,
            POTASSIUM,
            BLOOD_POTASSIUM,
            NT_PRO_BNP,
            INR,
            BILIRUBIN,
            BILIRUBIN_MASS,
            ALT,
            AST);

    private LaboratoryCodes() {}
}
