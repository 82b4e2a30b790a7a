package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Purpose;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provision says with all those around it. An empty set says nothing.
 *
 * @param actors {@code Organization/…}, {@code Practitioner/…}, {@code CareTeam/…}
 * @param labels alternatives; a record must carry each label of one of them
 * @param data single records, or what records hang together with; alternatives
 */
record Said(
        Set<String> actors,
        Set<Purpose> purposes,
        Set<String> types,
        Set<Code> codes,
        Set<Set<Code>> labels,
        Set<NamedData> data,
        @Nullable Validity dataPeriod,
        Validity validity) {

    static final Said NOTHING =
            new Said(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, Validity.ALWAYS);

    /** How many directives it makes. */
    long combinations() {
        return atLeastOne(actors)
                * atLeastOne(purposes)
                * atLeastOne(types)
                * atLeastOne(codes)
                * atLeastOne(labels)
                * atLeastOne(data);
    }

    private static long atLeastOne(Set<?> values) {
        return Math.max(1, values.size());
    }

    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Optional<String> type : DirectiveCompiler.anyOf(types)) {
            for (Optional<Code> code : DirectiveCompiler.anyOf(codes)) {
                for (Optional<Set<Code>> label : DirectiveCompiler.anyOf(labels)) {
                    for (Optional<NamedData> named : DirectiveCompiler.anyOf(data)) {
                        targets.add(new Target(
                                named.map(NamedData::typeOfInstance)
                                        .or(() -> type)
                                        .orElse(null),
                                code.orElse(null),
                                label.orElse(Set.of()),
                                dataPeriod,
                                named.map(NamedData::instance).orElse(null),
                                named.map(NamedData::bond).orElse(null)));
                    }
                }
            }
        }
        return targets;
    }

    /** Each alternative of the one with each of the other. */
    static Set<Set<Code>> both(Set<Set<Code>> some, Set<Set<Code>> others) {
        if (some.isEmpty() || others.isEmpty()) {
            return some.isEmpty() ? others : some;
        }
        Set<Set<Code>> all = new LinkedHashSet<>();
        for (Set<Code> one : some) {
            for (Set<Code> other : others) {
                Set<Code> joined = new LinkedHashSet<>(one);
                joined.addAll(other);
                all.add(joined);
            }
        }
        return all;
    }
}
