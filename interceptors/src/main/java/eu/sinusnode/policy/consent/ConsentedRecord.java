package eu.sinusnode.policy.consent;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What consent looks at of a record.
 *
 * @param instance {@code Type/id}; null before it has one
 * @param codes by which the record says what it is; empty when it cannot be told
 * @param labels of {@code meta.security}
 * @param time when its content was true; null when that cannot be told
 * @param bonds who authored it, and what it belongs to
 */
public record ConsentedRecord(
        String resourceType,
        @Nullable String instance,
        Set<Code> codes,
        Set<Code> labels,
        @Nullable Validity time,
        Bonds bonds) {

    /**
     * Types that have neither code nor time nor author by their nature, and belong to no treatment: who the patient is, who
     * may act, what is paid by whom. Of every other type, what cannot be told is unknown.
     */
    private static final Set<String> ADMINISTRATIVE =
            Set.of("CareTeam", "Consent", "Coverage", "Device", "Patient", "RelatedPerson");

    /** Of which it is not known with what it hangs together. */
    public ConsentedRecord(
            String resourceType,
            @Nullable String instance,
            Set<Code> codes,
            Set<Code> labels,
            @Nullable Validity time) {
        this(resourceType, instance, codes, labels, time, Bonds.UNTOLD);
    }

    public ConsentedRecord {
        codes = Set.copyOf(codes);
        labels = Set.copyOf(labels);
    }

    static boolean isAdministrative(String resourceType) {
        return ADMINISTRATIVE.contains(resourceType);
    }

    /** A Bundle holds records of any type, so that a deny of a type is about it too. */
    static boolean mayBeOfType(Directive directive, String resourceType) {
        String meant = directive.target().resourceType();
        return meant == null || meant.equals(resourceType) || !directive.permits() && resourceType.equals("Bundle");
    }

    /** Whether the directive is about this record. What is unknown is covered by a deny and by no permit. */
    boolean isMeantBy(Directive directive) {
        Target target = directive.target();
        return mayBeOfType(directive, resourceType)
                && (target.instance() == null || target.instance().equals(instance))
                && (target.code() == null || carries(target.code(), directive.permits()))
                && (target.bond() == null
                        || !isAdministrative(resourceType) && bonds.isMeantBy(target.bond(), directive.permits()))
                && (target.dataPeriod() == null || lies(target.dataPeriod(), directive.permits()))
                && target.labels().stream()
                        .allMatch(label -> Confidentiality.covers(label, labels, directive.permits()));
    }

    private boolean carries(Code code, boolean permits) {
        if (isAdministrative(resourceType)) {
            return false;
        }
        return codes.isEmpty() ? !permits : codes.contains(code);
    }

    /** A permit covers what lies in its period wholly, a deny what touches it. */
    private boolean lies(Validity period, boolean permits) {
        if (isAdministrative(resourceType)) {
            return false;
        }
        if (time == null) {
            return !permits;
        }
        return permits ? period.contains(time) : !period.and(time).isEmpty();
    }
}
