package eu.sinusnode.policy.consent;

import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which records a directive is about; what is null or empty says nothing.
 *
 * @param resourceType FHIR type
 * @param code the record carries it
 * @param labels the record carries each of them; a confidentiality is compared by rank
 * @param dataPeriod when the record's content was true
 * @param instance one record, {@code Type/id}
 * @param bond by what the record hangs together with another one; never beside an instance
 */
public record Target(
        @Nullable String resourceType,
        @Nullable Code code,
        Set<Code> labels,
        @Nullable Validity dataPeriod,
        @Nullable String instance,
        @Nullable Bond bond) {

    /** Every record. */
    public static final Target ALL = new Target(null, null, Set.of(), null, null);

    /** Whatever the record hangs together with. */
    public Target(
            @Nullable String resourceType,
            @Nullable Code code,
            Set<Code> labels,
            @Nullable Validity dataPeriod,
            @Nullable String instance) {
        this(resourceType, code, labels, dataPeriod, instance, null);
    }

    public Target {
        // In one order: what a decision was based on is compared by how it is written.
        Set<Code> sorted = new TreeSet<>(Comparator.comparing(Code::token));
        sorted.addAll(labels);
        labels = Collections.unmodifiableSet(sorted);
    }

    /** Whether a record's type is all that it looks at. */
    boolean isOfWholeTypes() {
        return code == null && labels.isEmpty() && dataPeriod == null && instance == null && bond == null;
    }

    /** Whether this says all that the other one says. */
    boolean saysAllOf(Target other) {
        return (other.resourceType == null || other.resourceType.equals(resourceType))
                && (other.code == null || other.code.equals(code))
                && labels.containsAll(other.labels)
                && (other.dataPeriod == null || dataPeriod != null && other.dataPeriod.contains(dataPeriod))
                && (other.instance == null || other.instance.equals(instance))
                && (other.bond == null || other.bond.equals(bond));
    }
}
