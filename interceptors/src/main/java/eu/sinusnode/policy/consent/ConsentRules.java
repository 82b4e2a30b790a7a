package eu.sinusnode.policy.consent;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a patient's directives say, whatever Consents they come from. Nothing is permitted unless a permit is about it; of
 * what is about it the more specific wins; where neither of two is more specific, the deny wins. Which Consent is newer
 * does not matter.
 */
public final class ConsentRules {

    /** No permit of a lower rank is about it, nor one of a sensitivity. */
    private static final Set<Code> MOST_CONFIDENTIAL = Set.of(new Code(Confidentiality.SYSTEM, "V"));

    private ConsentRules() {}

    /**
     * Decides one record.
     *
     * @param directives of the patient whose record it is
     */
    public static Ruling decide(
            Collection<Directive> directives, ConsentRequest request, ConsentedRecord record, Instant at) {
        return RulesInForce.of(directives, request, at).decide(record);
    }

    /**
     * Whether each record of the type that carries the code is permitted, whatever other codes it carries: for readers that
     * know one code of each record. As soon as a deny is about single codes or records, that cannot be told.
     *
     * @param labelled whether they may carry any labels; else they carry none
     * @param time of the records; null when it is not known
     */
    public static boolean permitAllWith(
            Collection<Directive> directives,
            ConsentRequest request,
            String resourceType,
            Code code,
            boolean labelled,
            @Nullable Validity time,
            Instant at) {
        boolean untold = directives.stream()
                .filter(directive -> !directive.permits() && request.isMeantBy(directive, at))
                .map(Directive::target)
                .filter(target ->
                        target.resourceType() == null || target.resourceType().equals(resourceType))
                .anyMatch(target -> target.code() != null
                        || target.instance() != null
                        || labelled && !target.labels().isEmpty());
        ConsentedRecord record =
                new ConsentedRecord(resourceType, null, Set.of(code), labelled ? MOST_CONFIDENTIAL : Set.of(), time);
        return !untold && decide(directives, request, record, at).isPermitted();
    }

    /** Whether records of a type that tell no codes are permitted, whatever labels they carry. */
    public static boolean permitWithoutCode(
            Collection<Directive> directives, ConsentRequest request, String resourceType, Instant at) {
        boolean untold = directives.stream()
                .filter(directive -> !directive.permits() && request.isMeantBy(directive, at))
                .anyMatch(deny -> !deny.target().labels().isEmpty() && ConsentedRecord.mayBeOfType(deny, resourceType));
        ConsentedRecord record = new ConsentedRecord(resourceType, null, Set.of(), MOST_CONFIDENTIAL, null);
        return !untold && decide(directives, request, record, at).isPermitted();
    }

    /**
     * Whether every record of the type is permitted, whatever it says: for readers to whom "none is there" has to mean it.
     * As soon as a deny is about a part of the type, that cannot be told.
     */
    public static boolean permitAll(
            Collection<Directive> directives, ConsentRequest request, String resourceType, Instant at) {
        boolean untold = directives.stream()
                .filter(directive -> !directive.permits() && request.isMeantBy(directive, at))
                .map(Directive::target)
                .filter(target ->
                        target.resourceType() == null || target.resourceType().equals(resourceType))
                .anyMatch(target -> target.code() != null
                        || target.instance() != null
                        || target.dataPeriod() != null
                        || !target.labels().isEmpty());
        return !untold && permitWithoutCode(directives, request, resourceType, at);
    }

    /** Whether some record could be permitted: that is what bringing records needs. */
    public static boolean permitSomething(Collection<Directive> directives, ConsentRequest request, Instant at) {
        List<Directive> meant = directives.stream()
                .filter(directive -> request.isMeantBy(directive, at))
                .toList();
        return meant.stream().filter(Directive::permits).anyMatch(permit -> meant.stream()
                .filter(deny ->
                        !deny.permits() && permit.target().saysAllOf(deny.target()) && isOfEveryRank(deny.target()))
                .allMatch(deny -> meant.stream()
                        .anyMatch(other -> other.permits()
                                && other.isMoreSpecificThan(deny)
                                && permit.target().saysAllOf(other.target()))));
    }

    /** A permit of a rank is about lower ones too, and a deny of the same rank is not. */
    private static boolean isOfEveryRank(Target denied) {
        return denied.labels().stream()
                .filter(Confidentiality::isRank)
                .allMatch(label -> Confidentiality.isOfEveryRecord(label, false));
    }
}
