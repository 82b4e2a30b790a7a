package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.consent.Reach.NotOfCodes;
import eu.sinusnode.policy.consent.Reach.NotOfInstances;
import eu.sinusnode.policy.consent.Reach.NotOfLabels;
import eu.sinusnode.policy.consent.Reach.OfCodes;
import eu.sinusnode.policy.consent.Reach.OfInstances;
import eu.sinusnode.policy.consent.Reach.Outside;
import eu.sinusnode.policy.consent.Reach.Part;
import eu.sinusnode.policy.consent.Reach.Within;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a set of directives leaves of one type, as conditions that all have to hold: some permit applies, and for each
 * deny that applies a more specific permit does. A search can ask each condition about one parameter only; where that
 * is not enough the condition becomes a stricter one. So a search may find less than {@link ConsentRules#decide} permits
 * and never more.
 */
final class ConsentReach {

    /** Of two periods that permits name, the one that reaches further towards today. */
    private static final Comparator<Validity> LATEST_FIRST = Comparator.comparing(
                    (Validity period) -> period.to() == null ? Instant.MAX : period.to())
            .reversed()
            .thenComparing(Validity::from);

    private final String resourceType;
    private final Tells tells;
    private final boolean administrative;
    private final @Nullable Validity window;
    private final LabelWindow labels;
    private final List<Directive> permits;
    private final List<Directive> denies;

    /**
     * What a search can ask of such records.
     *
     * @param codes whether it can ask for their codes
     * @param time whether it can ask for their time
     */
    record Tells(boolean codes, boolean time) {}

    /** @param window in which the time of the records lies; null is any time, and an unknown one */
    private ConsentReach(
            String resourceType, Tells tells, List<Directive> meant, @Nullable Validity window, LabelWindow labels) {
        this.resourceType = resourceType;
        this.tells = tells;
        this.administrative = ConsentedRecord.isAdministrative(resourceType);
        this.window = window;
        this.labels = labels;
        this.permits = meant.stream()
                .filter(Directive::permits)
                .filter(this::canBeAskedFor)
                .toList();
        this.denies = meant.stream()
                .filter(directive -> !directive.permits())
                .filter(this::mayApply)
                .toList();
    }

    /**
     * The first that leaves something: of all labels and times, or of those that permits name.
     *
     * @return empty when nothing is left; no conditions when everything is
     */
    static Optional<List<Part>> of(
            Collection<Directive> directives, ConsentRequest request, String resourceType, Tells tells, Instant at) {
        List<Directive> meant = directives.stream()
                .filter(directive -> request.isMeantBy(directive, at))
                .filter(directive -> ConsentedRecord.mayBeOfType(directive, resourceType))
                .toList();
        return LabelWindow.of(meant).stream()
                .map(labels -> within(labels, meant, resourceType, tells))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<List<Part>> within(
            LabelWindow labels, List<Directive> meant, String resourceType, Tells tells) {
        Optional<List<Part>> ofAllTimes = new ConsentReach(resourceType, tells, meant, null, labels).conditions();
        if (ofAllTimes.isPresent() || !tells.time()) {
            return ofAllTimes;
        }
        return periods(meant)
                .map(period -> new ConsentReach(resourceType, tells, meant, period, labels).conditions())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Stream<Validity> periods(List<Directive> meant) {
        return meant.stream()
                .filter(Directive::permits)
                .flatMap(permit -> Stream.ofNullable(permit.target().dataPeriod()))
                .distinct()
                .sorted(LATEST_FIRST);
    }

    private boolean mayApply(Directive directive) {
        Target target = directive.target();
        if (administrative && (target.code() != null || target.dataPeriod() != null || target.bond() != null)
                || target.instance() != null && !target.instance().startsWith(resourceType + "/")
                || !directive.permits() && !target.labels().stream().allMatch(labels::mayBeDeniedBy)) {
            return false;
        }
        return window == null
                || target.dataPeriod() == null
                || !target.dataPeriod().and(window).isEmpty();
    }

    /** A permit that a search cannot ask for, or that does not cover all of the window, is left out. */
    private boolean canBeAskedFor(Directive permit) {
        Target target = permit.target();
        return mayApply(permit)
                && (target.code() == null || tells.codes())
                && target.bond() == null
                && (target.dataPeriod() == null
                        || window != null && target.dataPeriod().contains(window))
                && target.labels().stream().allMatch(labels::isPermittedBy);
    }

    private Optional<List<Part>> conditions() {
        Set<Part> parts = new LinkedHashSet<>();
        Set<Code> excluded = new LinkedHashSet<>();
        Set<String> excludedRecords = new LinkedHashSet<>();
        Set<Code> excludedLabels = new LinkedHashSet<>();
        boolean mustTell = false;
        if (!anyOf(permits, parts)) {
            return Optional.empty();
        }
        for (Directive deny : denies) {
            List<Directive> moreSpecific = moreSpecificThan(deny);
            Target denied = deny.target();
            if (denied.instance() != null) {
                if (moreSpecific.stream().noneMatch(permit -> permit.target().code() == null)) {
                    excludedRecords.add(denied.instance());
                }
            } else if (!denied.labels().stream().allMatch(labels::isDeniedBy)) {
                if (moreSpecific.stream().noneMatch(ConsentReach::isOfAll)) {
                    excludedLabels.addAll(labels.excludedBy(denied.labels()));
                }
            } else if (denied.code() != null && tells.codes()) {
                // Of what tells no codes it cannot be known that the deny is not about it, nor that a permit is.
                mustTell = true;
                if (moreSpecific.stream().noneMatch(permit -> permit.target().instance() == null)) {
                    excluded.add(denied.code());
                }
            } else if (denied.dataPeriod() != null && tells.time() && moreSpecific.isEmpty()) {
                if (window != null && denied.dataPeriod().contains(window)) {
                    return Optional.empty();
                }
                parts.add(new Outside(denied.dataPeriod()));
            } else if (!anyOf(moreSpecific, parts)) {
                return Optional.empty();
            }
        }
        if (mustTell) {
            parts.add(new NotOfCodes(excluded));
        }
        if (window != null) {
            parts.add(new Within(window));
        }
        parts.addAll(labels.parts());
        if (!excludedLabels.isEmpty()) {
            parts.add(new NotOfLabels(excludedLabels));
        }
        if (!excludedRecords.isEmpty()) {
            parts.add(new NotOfInstances(excludedRecords));
        }
        return Optional.of(new ArrayList<>(parts));
    }

    private List<Directive> moreSpecificThan(Directive deny) {
        return permits.stream()
                .filter(permit -> permit.isMoreSpecificThan(deny))
                .toList();
    }

    /** Whether a permit that can be asked for is about every record here. */
    private static boolean isOfAll(Directive permit) {
        return permit.target().code() == null && permit.target().instance() == null;
    }

    /** Adds the condition that one of them applies, in the widest form that a search can ask; false when none can. */
    private static boolean anyOf(List<Directive> some, Set<Part> parts) {
        if (some.stream().anyMatch(ConsentReach::isOfAll)) {
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
