package eu.sinusnode.therapy.medicine;

import java.time.Duration;
import java.util.List;

/**
 * Two groups of medicines that are not taken together, or one of which nobody takes two. What is contraindicated, or not
 * recommended (class III), is refused; two of one class may be meant, while one takes the other's place, and are told.
 *
 * <p>Sources stand with each; from memory, for a medical lead to sign.
 */
public enum ClassOverlap {
    ACE_INHIBITOR_WITH_ARNI(
            AtcGroup.ACE_INHIBITOR,
            AtcGroup.ARNI,
            Duration.ofHours(36),
            true,
            "contraindicated within 36 hours of each other, for angioedema: product information of sacubitril with valsartan,"
                    + " section 4.3; ESC 2021, doi 10.1093/eurheartj/ehab368"),
    ACE_INHIBITOR_WITH_ARB(
            AtcGroup.ACE_INHIBITOR,
            AtcGroup.ARB,
            Duration.ZERO,
            true,
            "not recommended together: ESC 2024, class III, level A, doi 10.1093/eurheartj/ehae178"),
    ARB_WITH_ARNI(
            AtcGroup.ARB,
            AtcGroup.ARNI,
            Duration.ZERO,
            true,
            "valsartan is one of them already: product information of sacubitril with valsartan, section 4.4"),
    TWO_DIRECT_ANTICOAGULANTS(
            AtcGroup.DIRECT_ANTICOAGULANT,
            AtcGroup.DIRECT_ANTICOAGULANT,
            Duration.ZERO,
            true,
            "contraindicated together, for bleeding: product information, section 4.3"),
    DIRECT_ANTICOAGULANT_WITH_VITAMIN_K_ANTAGONIST(
            AtcGroup.DIRECT_ANTICOAGULANT,
            AtcGroup.VITAMIN_K_ANTAGONIST,
            Duration.ZERO,
            false,
            "contraindicated together, for bleeding, but for the days in which one takes the other's place: product"
                    + " information, section 4.3"),
    TWO_VITAMIN_K_ANTAGONISTS(AtcGroup.VITAMIN_K_ANTAGONIST),
    TWO_ACE_INHIBITORS(AtcGroup.ACE_INHIBITOR),
    TWO_ARBS(AtcGroup.ARB),
    TWO_BETA_BLOCKERS(AtcGroup.BETA_BLOCKER),
    TWO_STATINS(AtcGroup.STATIN);

    private final AtcGroup one;
    private final AtcGroup other;
    private final Duration apart;
    private final boolean refused;
    private final String why;

    ClassOverlap(AtcGroup one, AtcGroup other, Duration apart, boolean refused, String why) {
        this.one = one;
        this.other = other;
        this.apart = apart;
        this.refused = refused;
        this.why = why;
    }

    ClassOverlap(AtcGroup twice) {
        this(twice, twice, Duration.ZERO, false, "one of a class is taken: the second adds its harm (this house)");
    }

    /** How long lies between the end of one and the beginning of the other at least. */
    public Duration apart() {
        return apart;
    }

    /** Else it is told. */
    public boolean isRefused() {
        return refused;
    }

    /** Whether the two are of these groups. */
    public boolean holds(List<String> atc, List<String> others) {
        return one.isIn(atc) && other.isIn(others) || one.isIn(others) && other.isIn(atc);
    }

    /** Whether they may be: one is a combination, or has a code too short to tell. */
    public boolean mayHold(List<String> atc, List<String> others) {
        return one.mayBeIn(atc) && other.mayBeIn(others) || one.mayBeIn(others) && other.mayBeIn(atc);
    }

    /** What overlaps, and what says so. */
    public String words() {
        String both = one == other ? "both are " + one.words() : one.words() + " with " + other.words();
        return both + ": " + why;
    }
}
