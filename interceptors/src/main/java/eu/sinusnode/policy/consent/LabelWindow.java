package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.consent.Reach.NotOfLabels;
import eu.sinusnode.policy.consent.Reach.OfLabels;
import eu.sinusnode.policy.consent.Reach.Part;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The records that carry some labels, as a search can ask for them: of one rank of confidentiality at most, and with some
 * sensitivities. A record of a sensitivity is restricted at least ({@link Sensitivity#withWhatFollows}).
 *
 * @param atMost a rank
 * @param carries sensitivities
 */
record LabelWindow(Code atMost, Set<Code> carries) {

    /** Whatever labels they carry. */
    static final LabelWindow ANY = new LabelWindow(rank("V"), Set.of());

    private static final List<Code> HIGHEST_FIRST = List.of(rank("V"), rank("R"), rank("N"));

    LabelWindow {
        carries = Set.copyOf(carries);
    }

    private static Code rank(String code) {
        return new Code(Confidentiality.SYSTEM, code);
    }

    /** All records first, then as many as possible: those of ranks that permits name, then those of sensitivities. */
    static List<LabelWindow> of(Collection<Directive> meant) {
        List<LabelWindow> named = meant.stream()
                .filter(Directive::permits)
                .map(permit -> of(permit.target().labels()))
                .distinct()
                .filter(window -> !window.equals(ANY))
                .toList();
        Stream<LabelWindow> byRank = HIGHEST_FIRST.stream().flatMap(rank -> named.stream()
                .filter(window -> window.carries.isEmpty() && window.atMost.equals(rank)));
        Stream<LabelWindow> sensitive = named.stream().filter(window -> !window.carries.isEmpty());
        return Stream.of(Stream.of(ANY), byRank, sensitive)
                .flatMap(windows -> windows)
                .toList();
    }

    private static LabelWindow of(Set<Code> permitted) {
        Code atMost = HIGHEST_FIRST.get(0);
        Set<Code> carries = new LinkedHashSet<>();
        for (Code label : permitted) {
            if (!Confidentiality.isRank(label)) {
                carries.add(label);
            } else if (Confidentiality.higher(label, atMost).equals(atMost)) {
                atMost = label;
            }
        }
        return new LabelWindow(atMost, carries);
    }

    /** Whether a permit of the label is about all of these records. */
    boolean isPermittedBy(Code label) {
        return Confidentiality.isRank(label)
                ? Confidentiality.higher(label, atMost).equals(label)
                : carries.contains(label);
    }

    /** Whether a deny of the label may be about some of these records. */
    boolean mayBeDeniedBy(Code label) {
        Code least = Confidentiality.isRank(label) ? label : Confidentiality.RESTRICTED;
        return Confidentiality.higher(least, atMost).equals(atMost);
    }

    /** Whether a deny of the label is about all of these records. */
    boolean isDeniedBy(Code label) {
        if (!Confidentiality.isRank(label)) {
            return carries.contains(label);
        }
        return Confidentiality.isOfEveryRecord(label, false)
                || !carries.isEmpty() && label.equals(Confidentiality.RESTRICTED);
    }

    /** That a record is one of these. */
    Set<Part> parts() {
        Set<Part> parts = new LinkedHashSet<>();
        Set<Code> above = Confidentiality.above(atMost);
        if (!above.isEmpty()) {
            parts.add(new NotOfLabels(above));
        }
        carries.forEach(label -> parts.add(new OfLabels(Set.of(label))));
        return parts;
    }

    /** The labels of which a record carries one if a deny of all of these is about it, and is not about every record here. */
    Set<Code> excludedBy(Set<Code> denied) {
        List<Code> telling = denied.stream().filter(label -> !isDeniedBy(label)).toList();
        Code label = telling.stream()
                .filter(each -> !Confidentiality.isRank(each))
                .findFirst()
                .orElse(telling.get(0));
        return Confidentiality.isRank(label)
                ? Stream.concat(Stream.of(label), Confidentiality.above(label).stream())
                        .collect(Collectors.toSet())
                : Set.of(label);
    }
}
