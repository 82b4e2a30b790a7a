package eu.sinusnode.therapy.medicine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A class of medicines that programmes may propose, by ATC codes that begin so: which one is proposed, which ones are of the
 * class, and which combinations may have one of the class in them.
 *
 * <p>Source: WHO Collaborating Centre for Drug Statistics Methodology, ATC index.
 */
public enum MedicineClass {
    ANTIPLATELET("antiplatelet", "a platelet inhibitor", "B01AC", List.of("B01AC"), List.of("C10BX", "N02BA")),
    STATIN("statin", "a statin", "C10AA", List.of("C10AA"), List.of("C10B", "A10BH51", "A10BH52")),
    ANTICOAGULANT("anticoagulant", "an oral anticoagulant", "B01AF", List.of("B01AF", "B01AA", "B01AE07"), List.of()),
    /** ACE inhibitors, angiotensin receptor blockers, sacubitril with valsartan. */
    RAS_BLOCKER("rasBlocker", "an ACE inhibitor or ARB", "C09", List.of("C09"), List.of("C10BX")),
    BETA_BLOCKER("betaBlocker", "a beta blocker", "C07", List.of("C07"), List.of("C09BX")),
    MINERALOCORTICOID_ANTAGONIST(
            "mineralocorticoidAntagonist",
            "a mineralocorticoid receptor antagonist",
            "C03DA",
            List.of("C03DA"),
            List.of("C03E")),
    SGLT2_INHIBITOR("sglt2Inhibitor", "an SGLT2 inhibitor", "A10BK", List.of("A10BK"), List.of("A10BD")),
    CALCIUM_BLOCKER(
            "calciumBlocker",
            "a calcium channel blocker",
            "C08CA",
            List.of("C08", "C07FB", "C09BB", "C09DB"),
            List.of("C09BX", "C09DX", "C10BX")),
    THIAZIDE(
            "thiazide",
            "a thiazide or thiazide-like diuretic",
            "C03A",
            List.of("C03A", "C03B", "C03EA", "C07B", "C07D", "C08G", "C09BA", "C09DA"),
            List.of("C02L", "C07C", "C09BX", "C09DX"));

    private final String stem;
    private final String words;
    private final String proposed;
    private final List<String> members;
    private final List<String> combinations;

    MedicineClass(String stem, String words, String proposed, List<String> members, List<String> combinations) {
        this.stem = stem;
        this.words = words;
        this.proposed = proposed;
        this.members = members;
        this.combinations = combinations;
    }

    /** What names of inputs begin with. */
    public String stem() {
        return stem;
    }

    /** With its article. */
    public String words() {
        return words;
    }

    /** Whether a medicine with these ATC codes is, or has in it, one of the class. */
    public boolean isAmong(List<String> atc) {
        return atc.stream().anyMatch(code -> members.stream().anyMatch(code::startsWith));
    }

    /** Whether it may have one in it: a combination, or a code too short to tell. */
    public boolean mayBeAmong(List<String> atc) {
        return atc.stream()
                .anyMatch(code -> combinations.stream().anyMatch(code::startsWith)
                        || members.stream().anyMatch(member -> member.startsWith(code)));
    }

    /** The class that a programme proposes by this ATC code. */
    public static Optional<MedicineClass> proposedAs(String atc) {
        return Arrays.stream(values()).filter(each -> each.proposed.equals(atc)).findFirst();
    }
}
