package eu.sinusnode.therapy.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        List<Fault> known = new ArrayList<>(before.stream().map(Fault::of).toList());
        return after.stream()
                .filter(finding -> !known.remove(Fault.of(finding)))
                .toList();
    }

    /** What is wrong, wherever it stands in a list, and whichever of two is named first. */
    private record Fault(PlanRule rule, Set<String> elements, String words) {

        static Fault of(Finding finding) {
            Set<String> elements = new HashSet<>();
            elements.add(anyPlace(finding.element()));
            String words = finding.words();
            if (finding.beside() != null) {
                elements.add(anyPlace(finding.beside()));
                words = words.replace(finding.beside(), "");
            }
            return new Fault(finding.rule(), elements, anyPlace(words));
        }

        private static String anyPlace(String text) {
            return text.replaceAll("\\[\\d+]", "[]");
        }
    }
}
