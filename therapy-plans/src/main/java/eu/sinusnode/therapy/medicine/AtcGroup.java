package eu.sinusnode.therapy.medicine;

import java.util.List;

/**
 * Medicines that do the same, or that exclude others, by ATC codes that begin so.
 *
 * <p>Source: WHO Collaborating Centre for Drug Statistics Methodology, ATC index.
 */
public enum AtcGroup {
    ACE_INHIBITOR("an ACE inhibitor", List.of("C09A", "C09B"), List.of(), List.of("C10BX")),
    ARB("an angiotensin receptor blocker", List.of("C09C", "C09D"), List.of("C09DX04"), List.of("C10BX")),
    ARNI("sacubitril with valsartan", List.of("C09DX04")),
    BETA_BLOCKER(MedicineClass.BETA_BLOCKER),
    DIRECT_ANTICOAGULANT("a direct oral anticoagulant", List.of("B01AF", "B01AE07")),
    VITAMIN_K_ANTAGONIST("a vitamin K antagonist", List.of("B01AA")),
    STATIN(MedicineClass.STATIN);

    private final String words;
    private final Among certain;
    private final Among possible;

    private interface Among {
        boolean is(List<String> atc);
    }

    AtcGroup(String words, List<String> members) {
        this(words, members, List.of(), List.of());
    }

    /**
     * @param others codes that begin as those of members do, and are none
     * @param combinations what codes of medicines begin with that may have one in them
     */
    AtcGroup(String words, List<String> members, List<String> others, List<String> combinations) {
        this.words = words;
        this.certain = atc ->
                atc.stream().anyMatch(code -> members.stream().anyMatch(code::startsWith) && !others.contains(code));
        this.possible = atc -> atc.stream()
                .anyMatch(code -> combinations.stream().anyMatch(code::startsWith)
                        || members.stream().anyMatch(each -> each.startsWith(code)));
    }

    AtcGroup(MedicineClass same) {
        this.words = same.words();
        this.certain = same::isAmong;
        this.possible = same::mayBeAmong;
    }

    /** With its article. */
    public String words() {
        return words;
    }

    /** Whether a medicine with these ATC codes is, or has in it, one of the group. */
    public boolean isIn(List<String> atc) {
        return certain.is(atc);
    }

    /** Whether it is, or may be: a combination that may have one of the group in it, or a code too short to tell. */
    public boolean mayBeIn(List<String> atc) {
        return certain.is(atc) || possible.is(atc);
    }
}
