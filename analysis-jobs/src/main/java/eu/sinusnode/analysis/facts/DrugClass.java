package eu.sinusnode.analysis.facts;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Groups of drugs that rules ask for: which ATC codes begin so. */
public enum DrugClass {
    BETA_BLOCKER("a beta blocker", "Betablocker", "C07"),
    /** ACE inhibitors, angiotensin receptor blockers, and either with others. */
    RENIN_ANGIOTENSIN_BLOCKER("an ACE inhibitor or receptor blocker", "ACE-Hemmer oder Sartan", "C09"),
    ANTICOAGULANT("an anticoagulant", "Gerinnungshemmer", "B01AA", "B01AE07", "B01AF"),
    ANTIPLATELET_OR_NSAID("an antiplatelet drug or NSAID", "Thrombozytenhemmer oder NSAR", "B01AC", "M01A"),
    VITAMIN_K_ANTAGONIST("a vitamin K antagonist", "Vitamin-K-Antagonist", "B01AA"),
    /** Verapamil and diltiazem, digitalis, ivabradine, amiodarone, sotalol being a beta blocker. */
    OTHER_SLOWING_DRUG(
            "verapamil, diltiazem, digitalis, ivabradine or amiodarone",
            "Verapamil, Diltiazem, Digitalis, Ivabradin oder Amiodaron",
            "C08D",
            "C01AA",
            "C01EB17",
            "C01BD01"),
    CALCIUM_CHANNEL_BLOCKER("a calcium channel blocker", "Calciumantagonist", "C08"),
    DIURETIC("a diuretic", "Diuretikum", "C03"),
    OTHER_ANTIHYPERTENSIVE("another drug that lowers blood pressure", "weiteres blutdrucksenkendes Mittel", "C02");

    /** All that lower blood pressure, whatever they are given for. */
    public static final List<DrugClass> ANTIHYPERTENSIVES =
            List.of(RENIN_ANGIOTENSIN_BLOCKER, CALCIUM_CHANNEL_BLOCKER, DIURETIC, BETA_BLOCKER, OTHER_ANTIHYPERTENSIVE);

    private final String english;
    private final String german;
    private final List<String> atc;

    DrugClass(String english, String german, String... atc) {
        this.english = english;
        this.german = german;
        this.atc = List.of(atc);
    }

    public String english() {
        return english;
    }

    public String german() {
        return german;
    }

    /** ATC codes; longer ones that begin so are meant, too. */
    public List<String> atc() {
        return atc;
    }

    public static Set<DrugClass> ofAtc(String code) {
        return Arrays.stream(values())
                .filter(drug -> drug.atc.stream().anyMatch(code::startsWith))
                .collect(Collectors.toUnmodifiableSet());
    }
}
