package eu.sinusnode.therapy.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What a change does to a plan: what it does not meet before and after. What stands at another place of a list since then is the
 * same.
 */
public record PlanChange(List<Finding> before, List<Finding> after) {

    public PlanChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** What the change adds; each that was there before answers for one. */
    public List<Finding> added() {
        List<Finding> known =
                new ArrayList<>(before.stream().map(PlanChange::inAnyPlace).toList());
        return after.stream()
                .filter(finding -> !known.remove(inAnyPlace(finding)))
                .toList();
    }

    private static Finding inAnyPlace(Finding finding) {
        return new Finding(finding.rule(), anyPlace(finding.element()), anyPlace(finding.words()));
    }

    private static String anyPlace(String text) {
        return text.replaceAll("\\[\\d+]", "[]");
    }
}
