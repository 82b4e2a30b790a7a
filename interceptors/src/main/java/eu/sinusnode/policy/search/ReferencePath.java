package eu.sinusnode.policy.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Where a reference parameter reads (R4, {@code SearchParameter.expression}), as far as the open parameters go: elements,
 * the first of several, and an extension by its URL. What it filters by type ({@code where}, {@code as}) is left out: the
 * parameter's targets say it too.
 */
public record ReferencePath(List<Step> steps) {

    private static final Pattern TYPE = Pattern.compile("\\(*[A-Z][A-Za-z]*");
    private static final Pattern STEP =
            Pattern.compile("\\.(?:extension\\('([^']+)'\\)|ofType\\([A-Za-z]+\\)|([a-z][A-Za-z]*+)(\\[0])?(?!\\())");

    public ReferencePath {
        steps = List.copyOf(steps);
    }

    /**
     * @param first only the first value of the element
     * @param extension URL of the extensions that are meant, or null for an element that is none
     */
    record Step(String name, boolean first, @Nullable String extension) {
        private List<Base> from(Base value) {
            List<Base> values = value.listChildrenByName(name);
            if (extension != null) {
                return values.stream()
                        .filter(each -> extension.equals(((Extension) each).getUrl()))
                        .toList();
            }
            return first && !values.isEmpty() ? List.of(values.get(0)) : values;
        }
    }

    /**
     * @param alternative one alternative of an expression, e.g. {@code (MedicationRequest.medication as Reference)}
     * @throws IllegalStateException for a path of another form
     */
    static ReferencePath parse(String alternative) {
        Matcher type = TYPE.matcher(alternative);
        List<Step> steps = new ArrayList<>();
        if (type.lookingAt()) {
            Matcher step = STEP.matcher(alternative);
            int at = type.end();
            while (step.region(at, alternative.length()).lookingAt()) {
                if (step.group(1) != null) {
                    steps.add(new Step("extension", false, step.group(1)));
                } else if (step.group(2) != null) {
                    steps.add(new Step(step.group(2), step.group(3) != null, null));
                }
                at = step.end();
            }
        }
        if (steps.isEmpty()) {
            throw new IllegalStateException("No element can be told from the path " + alternative + ".");
        }
        return new ReferencePath(steps);
    }

    /** The literal references that a record has there. */
    public List<String> references(Resource record) {
        List<Base> values = List.of(record);
        for (Step step : steps) {
            values = values.stream().flatMap(value -> step.from(value).stream()).toList();
        }
        return values.stream()
                .filter(Reference.class::isInstance)
                .map(value -> ((Reference) value).getReference())
                .filter(Objects::nonNull)
                .toList();
    }
}
