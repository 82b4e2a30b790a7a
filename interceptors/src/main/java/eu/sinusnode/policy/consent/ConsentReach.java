package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.consent.Reach.NotOfCodes;
import eu.sinusnode.policy.consent.Reach.OfCodes;
import eu.sinusnode.policy.consent.Reach.OfInstances;
import eu.sinusnode.policy.consent.Reach.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a set of directives leaves of one type, as conditions that all have to hold: some permit applies, and for each
 * deny that applies a more specific permit does. A search can ask each condition about one parameter only; where that
 * is not enough the condition becomes a stricter one. So a search may find less than {@link ConsentRules#decide} permits
 * and never more.
 */
final class ConsentReach {

    private final boolean tellsCodes;
    private final boolean administrative;
    private final List<Directive> permits;
    private final List<Directive> denies;

    private ConsentReach(String resourceType, boolean tellsCodes, List<Directive> meant) {
        this.tellsCodes = tellsCodes;
        this.administrative = ConsentedRecord.isAdministrative(resourceType);
        this.permits =
                meant.stream().filter(Directive::permits).filter(this::mayApply).toList();
        this.denies = meant.stream()
                .filter(directive -> !directive.permits())
                .filter(this::mayApply)
                .toList();
    }

    /**
     * @param tellsCodes whether a search can ask for the codes of such records
     * @return empty when nothing is left; no conditions when everything is
     */
    static Optional<List<Part>> of(
            Collection<Directive> directives,
            ConsentRequest request,
            String resourceType,
            boolean tellsCodes,
            Instant at) {
        List<Directive> meant = directives.stream()
                .filter(directive -> request.isMeantBy(directive, at))
                .filter(directive -> ConsentedRecord.mayBeOfType(directive, resourceType))
                .toList();
        return new ConsentReach(resourceType, tellsCodes, meant).conditions();
    }

    /** Whether such records could be meant, as far as a search can tell; a permit that it cannot ask for is left out. */
    private boolean mayApply(Directive directive) {
        Target target = directive.target();
        if (administrative && (target.code() != null || target.dataPeriod() != null)) {
            return false;
        }
        return !directive.permits()
                || (target.code() == null || tellsCodes)
                        && target.dataPeriod() == null
                        && target.labels().stream().allMatch(label -> Confidentiality.isOfEveryRecord(label, true));
    }

    private Optional<List<Part>> conditions() {
        Set<Part> parts = new LinkedHashSet<>();
        Set<Code> excluded = new LinkedHashSet<>();
        boolean mustTell = false;
        if (!anyOf(permits, parts)) {
            return Optional.empty();
        }
        for (Directive deny : denies) {
            Code code = tellsCodes ? deny.target().code() : null;
            if (code == null) {
                if (!anyOf(moreSpecificThan(deny), parts)) {
                    return Optional.empty();
                }
            } else {
                // Of what tells no codes it cannot be known that the deny is not about it, nor that a permit is.
                mustTell = true;
                if (moreSpecificThan(deny).stream().noneMatch(ConsentReach::saysNoMoreOfRecords)) {
                    excluded.add(code);
                }
            }
        }
        if (mustTell) {
            parts.add(new NotOfCodes(excluded));
        }
        return Optional.of(new ArrayList<>(parts));
    }

    private List<Directive> moreSpecificThan(Directive deny) {
        return permits.stream()
                .filter(permit -> permit.isMoreSpecificThan(deny))
                .toList();
    }

    /** Whether a permit that is more specific than a deny of a code applies to every record that carries the code. */
    private static boolean saysNoMoreOfRecords(Directive permit) {
        return permit.target().instance() == null;
    }

    /** Adds the condition that one of them applies, in the widest form that a search can ask; false when none can. */
    private static boolean anyOf(List<Directive> some, Set<Part> parts) {
        if (some.stream()
                .map(Directive::target)
                .anyMatch(target -> target.code() == null && target.instance() == null)) {
            return true;
        }
        Set<Code> codes = some.stream()
                .map(Directive::target)
                .filter(target -> target.instance() == null)
                .map(Target::code)
                .collect(Collectors.toSet());
        Set<String> instances = some.stream()
                .map(Directive::target)
                .filter(target -> target.code() == null)
                .map(Target::instance)
                .collect(Collectors.toSet());
        if (codes.isEmpty() && instances.isEmpty()) {
            return false;
        }
        parts.add(codes.isEmpty() ? new OfInstances(instances) : new OfCodes(codes));
        return true;
    }
}
