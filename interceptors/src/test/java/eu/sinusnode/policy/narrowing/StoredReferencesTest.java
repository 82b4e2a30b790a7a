package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.testing.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

class StoredReferencesTest {

    private final CountingRecords stored = new CountingRecords();
    private final StoredReferences references = new StoredReferences(stored, World.SERVER_BASE);

    /** Anna is stored, nobody else. */
    private static final class CountingRecords implements StoredRecords {
        private final List<String> alone = new ArrayList<>();
        private final List<Set<String>> together = new ArrayList<>();

        @Override
        public Optional<Resource> current(String resourceType, String id) {
            alone.add(resourceType + "/" + id);
            return Optional.ofNullable(records().get(resourceType + "/" + id));
        }

        @Override
        public Map<String, Resource> currentOf(Collection<String> paths) {
            together.add(Set.copyOf(paths));
            assertThat(paths).as("each is asked for once").doesNotHaveDuplicates();
            return paths.contains("Patient/anna") ? records() : Map.of();
        }

        private static Map<String, Resource> records() {
            return Map.of("Patient/anna", new Patient().setId("anna"));
        }
    }

    @Test
    void whatIsExpectedIsReadAtOnceAndNotAgain() {
        references.expect(List.of("Patient/anna", "Patient/nobody", "Patient/anna"));
        references.expect(List.of("Patient/anna", "Device/none"));

        assertThat(references.find("Patient/anna")).isPresent();
        assertThat(references.find("Patient/nobody")).isEmpty();
        assertThat(references.find("Device/none")).isEmpty();
        assertThat(stored.alone).isEmpty();
        assertThat(stored.together).containsExactly(Set.of("Patient/anna", "Patient/nobody"), Set.of("Device/none"));
    }

    @Test
    void whatWasReadAloneIsNotExpectedAnyMore() {
        assertThat(references.find("Patient/anna")).isPresent();
        references.expect(List.of("Patient/anna"));
        references.expect(List.of());

        assertThat(stored.alone).containsExactly("Patient/anna");
        assertThat(stored.together).isEmpty();
    }

    @Test
    void theStorageIsNeverAskedForWhatNoRecordIs() {
        references.expect(List.of("Unheard/of", "urn:uuid:9f0c4a52-0000-4000-8000-000000000000", "nothing"));

        assertThat(references.find("Unheard/of")).isEmpty();
        assertThat(stored.together).isEmpty();
        assertThat(stored.alone).isEmpty();
    }

    @Test
    void aStoreThatReadsOneByOneGivesTheSame() {
        StoredRecords oneByOne = stored::current;
        assertThat(oneByOne.currentOf(List.of("Patient/anna", "Patient/nobody")))
                .containsOnlyKeys("Patient/anna");
    }
}
