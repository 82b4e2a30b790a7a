package eu.sinusnode.policy.labelling;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Sensitivity;
import eu.sinusnode.profiles.Codes;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The codes that say by themselves that a record is sensitive: categories of ICD-10 (WHO) and ICD-10-GM (BfArM), which
 * have the same headings there, and groups of the ATC (WHO; BfArM for Germany). A row stands for all codes below it.
 * Where a heading is of several things, the row errs towards the label, with one exception: tobacco (F17) is no
 * sensitivity here, since each risk of the heart is reckoned with it.
 */
public final class SensitiveCodes {

    /** Changes with each change of the rows. */
    public static final String VERSION = "2";

    private static final List<String> DIAGNOSES = List.of(Codes.ICD_10_GM, "http://hl7.org/fhir/sid/icd-10");
    private static final List<String> DRUGS = List.of("http://fhir.de/CodeSystem/bfarm/atc", "http://www.whocc.no/atc");

    /** A code is compared by the length of {@code first} and {@code last}, which have the same. */
    public record Row(Kind kind, String first, String last, Set<String> sensitivities, String heading) {

        boolean covers(String code) {
            if (code.length() < first.length()) {
                return false;
            }
            String category = code.substring(0, first.length());
            return category.compareTo(first) >= 0 && category.compareTo(last) <= 0;
        }
    }

    /** Which classification a row is of. */
    public enum Kind {
        ICD_10,
        ATC;

        private List<String> systems() {
            return this == ICD_10 ? DIAGNOSES : DRUGS;
        }
    }

    private static final List<Row> ROWS = List.of(
            icd("A50", "A64", "Infections with a predominantly sexual mode of transmission", "STD"),
            icd("B20", "B24", "Human immunodeficiency virus disease", "HIV"),
            icd("F02.4", "F02.4", "Dementia in human immunodeficiency virus disease", "HIV"),
            icd("O98.7", "O98.7", "HIV disease complicating pregnancy, childbirth and the puerperium", "HIV"),
            icd("R75", "R75", "Laboratory evidence of human immunodeficiency virus", "HIV"),
            icd("U60", "U61", "ICD-10-GM: clinical categories and T-helper cells of HIV disease", "HIV"),
            icd("Z20.6", "Z20.6", "Contact with and exposure to human immunodeficiency virus", "HIV"),
            icd("Z29.22", "Z29.22", "ICD-10-GM: pre-exposure prophylaxis of HIV", "HIV"),
            icd("Z21", "Z21", "Asymptomatic human immunodeficiency virus infection status", "HIV"),
            icd("D57", "D57", "Sickle-cell disorders", "SCA", "GDIS"),
            icd("F00", "F09", "Organic, including symptomatic, mental disorders", "PSY"),
            icd("F10", "F10", "Mental and behavioural disorders due to use of alcohol", "ETHUD"),
            icd("F11", "F11", "Mental and behavioural disorders due to use of opioids", "OPIOIDUD"),
            icd("F12", "F16", "Mental and behavioural disorders due to psychoactive substance use", "SUD"),
            icd("F18", "F19", "Mental and behavioural disorders due to psychoactive substance use", "SUD"),
            icd("F20", "F99", "Other mental and behavioural disorders", "PSY"),
            icd("F52", "F52", "Sexual dysfunction, not caused by organic disorder or disease", "SEX"),
            icd("F64", "F66", "Disorders of sexual identity, preference, development and orientation", "SEX"),
            icd("E24.4", "E24.4", "Alcohol-induced pseudo-Cushing syndrome", "ETHUD"),
            icd("G31.2", "G31.2", "Degeneration of nervous system due to alcohol", "ETHUD"),
            icd("G62.1", "G62.1", "Alcoholic polyneuropathy", "ETHUD"),
            icd("G72.1", "G72.1", "Alcoholic myopathy", "ETHUD"),
            icd("I42.6", "I42.6", "Alcoholic cardiomyopathy", "ETHUD"),
            icd("K29.2", "K29.2", "Alcoholic gastritis", "ETHUD"),
            icd("K85.2", "K85.2", "Alcohol-induced acute pancreatitis", "ETHUD"),
            icd("K86.0", "K86.0", "Alcohol-induced chronic pancreatitis", "ETHUD"),
            icd("R78.0", "R78.0", "Finding of alcohol in blood", "ETHUD"),
            icd("R78.1", "R78.1", "Finding of opiate drug in blood", "OPIOIDUD"),
            icd("R78.2", "R78.3", "Finding of cocaine or hallucinogen in blood", "SUD"),
            icd("X60", "X84", "Intentional self-harm", "PSY"),
            icd("K70", "K70", "Alcoholic liver disease", "ETHUD"),
            icd("N46", "N46", "Male infertility", "SEX"),
            icd("N97", "N97", "Female infertility", "SEX"),
            icd("O00", "O08", "Pregnancy with abortive outcome", "SEX"),
            icd("Z30", "Z31", "Contraceptive and procreative management", "SEX"),
            icd("T74", "T74", "Maltreatment syndromes", "SDV"),
            // J05AE30 is nirmatrelvir with ritonavir, against COVID-19.
            atc("J05AE01", "J05AE10", "Protease inhibitors, of HIV alone", "HIV"),
            // What is used against hepatitis B too says HIV; what is against hepatitis B alone (J05AF08, 10 to 13) does
            // not.
            atc("J05AF01", "J05AF07", "Nucleoside and nucleotide reverse transcriptase inhibitors", "HIV"),
            atc("J05AF09", "J05AF09", "Emtricitabine", "HIV"),
            atc("J05AX07", "J05AX07", "Enfuvirtide", "HIV"),
            atc("J05AX09", "J05AX09", "Maraviroc", "HIV"),
            atc("J05AX23", "J05AX23", "Ibalizumab", "HIV"),
            atc("J05AX29", "J05AX29", "Fostemsavir", "HIV"),
            atc("J05AX31", "J05AX31", "Lenacapavir", "HIV"),
            atc("V03AX03", "V03AX03", "Cobicistat", "HIV"),
            atc("J05AG", "Non-nucleoside reverse transcriptase inhibitors", "HIV"),
            atc("J05AJ", "Integrase inhibitors", "HIV"),
            atc("J05AR", "Antivirals for treatment of HIV infections, combinations", "HIV"),
            atc("N05A", "Antipsychotics", "PSY"),
            atc("N06A", "Antidepressants", "PSY"),
            atc("N06C", "Psycholeptics and psychoanaleptics in combination", "PSY"),
            atc("N07BB", "Drugs used in alcohol dependence", "ETHUD"),
            atc("N07BC", "Drugs used in opioid dependence", "OPIOIDUD"));

    private SensitiveCodes() {}

    private static Row icd(String first, String last, String heading, String... sensitivities) {
        return new Row(Kind.ICD_10, first, last, Set.of(sensitivities), heading);
    }

    private static Row atc(String group, String heading, String sensitivity) {
        return atc(group, group, heading, sensitivity);
    }

    private static Row atc(String first, String last, String heading, String sensitivity) {
        return new Row(Kind.ATC, first, last, Set.of(sensitivity), heading);
    }

    public static List<Row> rows() {
        return ROWS;
    }

    /** @param tokens {@code system|code} */
    public static Set<Code> labels(Collection<String> tokens) {
        Set<Code> labels = new LinkedHashSet<>();
        for (String token : tokens) {
            for (Kind kind : Kind.values()) {
                for (String system : kind.systems()) {
                    if (token.startsWith(system) && token.charAt(system.length()) == '|') {
                        add(labels, kind, token.substring(system.length() + 1).toUpperCase(Locale.ROOT));
                    }
                }
            }
        }
        return labels;
    }

    private static void add(Set<Code> labels, Kind kind, String code) {
        for (Row row : ROWS) {
            if (row.kind() == kind && row.covers(code)) {
                row.sensitivities().forEach(each -> labels.add(Sensitivity.of(each)));
            }
        }
    }
}
