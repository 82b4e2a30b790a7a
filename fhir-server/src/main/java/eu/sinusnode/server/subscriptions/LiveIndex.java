package eu.sinusnode.server.subscriptions;

import eu.sinusnode.policy.subscription.ChangedRecord;
import eu.sinusnode.policy.subscription.Criteria;
import eu.sinusnode.server.subscriptions.LiveSubscriptions.Live;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Subscriptions by the patients whom they name, so that a change among thousands of apps is held against a few. */
final class LiveIndex {

    static final LiveIndex EMPTY = new LiveIndex(List.of());

    private final Map<String, List<Live>> byPatient = new HashMap<>();
    private final List<Live> ofAnybody = new ArrayList<>();

    LiveIndex(Collection<Live> all) {
        for (Live live : all) {
            Set<String> patients = patients(live.criteria());
            if (patients.isEmpty()) {
                ofAnybody.add(live);
            }
            patients.forEach(patient -> byPatient
                    .computeIfAbsent(patient, any -> new ArrayList<>(1))
                    .add(live));
        }
    }

    private static Set<String> patients(Criteria criteria) {
        return criteria.values().getOrDefault("patient", criteria.values().getOrDefault("subject", Set.of()));
    }

    boolean isEmpty() {
        return byPatient.isEmpty() && ofAnybody.isEmpty();
    }

    /** Those that are about the change. */
    List<Live> matching(ChangedRecord changed) {
        Set<Live> candidates = new LinkedHashSet<>(ofAnybody);
        changed.patients().forEach(patient -> candidates.addAll(byPatient.getOrDefault(patient, List.of())));
        return candidates.stream()
                .filter(live -> live.criteria().match(changed))
                .toList();
    }
}
