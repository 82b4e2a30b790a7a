package eu.sinusnode.server.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.subscription.ChangedRecord;
import eu.sinusnode.policy.subscription.Criteria;
import eu.sinusnode.server.subscriptions.LiveSubscriptions.Live;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveIndexTest {

    private static final List<String> PATIENTS = List.of("anna", "bert", "carl");

    private static Live live(String type, Map<String, Set<String>> values) {
        return new Live(UUID.randomUUID(), new Criteria(type, values));
    }

    /** Whatever is asked for, it finds what a look at each would. */
    @Test
    void itFindsWhatEachCriterionWouldFindByItself() {
        Random random = new Random(1);
        List<Live> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Map<String, Set<String>> values = new TreeMap<>();
            if (random.nextInt(4) > 0) {
                values.put(random.nextBoolean() ? "patient" : "subject", some(random));
            }
            if (random.nextInt(10) == 0) {
                values.put("subject", some(random));
            }
            if (random.nextBoolean()) {
                values.put("status", Set.of(random.nextBoolean() ? "final" : "preliminary"));
            }
            all.add(live(random.nextInt(5) == 0 ? "CarePlan" : "Observation", values));
        }
        LiveIndex index = new LiveIndex(all);
        for (int i = 0; i < 200; i++) {
            Set<String> patients = random.nextInt(5) == 0 ? Set.of() : some(random);
            ChangedRecord changed = new ChangedRecord(
                    "Observation",
                    patients,
                    Map.of("patient", patients, "subject", patients, "status", Set.of("final")));
            assertThat(index.matching(changed))
                    .containsExactlyInAnyOrderElementsOf(all.stream()
                            .filter(live -> live.criteria().match(changed))
                            .toList());
        }
    }

    private static Set<String> some(Random random) {
        String one = PATIENTS.get(random.nextInt(PATIENTS.size()));
        String other = PATIENTS.get(random.nextInt(PATIENTS.size()));
        return one.equals(other) ? Set.of(one) : Set.of(one, other);
    }

    @Test
    void withoutAnySubscriptionNobodyIsTold() {
        assertThat(LiveIndex.EMPTY.isEmpty()).isTrue();
        assertThat(new LiveIndex(List.of(live("Task", Map.of("patient", Set.of("anna"))))).isEmpty())
                .isFalse();
    }
}
