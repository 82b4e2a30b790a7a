package eu.sinusnode.policy.narrowing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.MemoryWideRows;
import eu.sinusnode.policy.testing.PolicyServer;
import eu.sinusnode.policy.testing.Records;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Conditions through references, few rows at a time. Every third of twelve patients permits the clinic nothing; each has
 * five heart rates and a body weight.
 */
class WideMatchesTest {

    private static final int PEOPLE = 12;
    private static final int RATES = 5;

    @RegisterExtension
    static final PolicyServer server = new PolicyServer();

    private MemoryWideRows rows = new MemoryWideRows(server.providers);

    @BeforeEach
    void records() {
        rows = new MemoryWideRows(server.providers);
        for (int i = 0; i < PEOPLE; i++) {
            server.given(Records.patient(patient(i)));
            server.permits.member(patient(i), World.CLINIC, Relationship.CARE_TEAM);
            if (i % 3 != 0) {
                server.permits.permit(patient(i), World.CLINIC, Purpose.TREAT);
            }
            for (int n = 0; n < RATES; n++) {
                server.given(Records.withId(Records.heartRate(patient(i)), "hr-" + patient(i) + "-" + n));
            }
            server.given(Records.withId(Records.bodyWeight(patient(i)), "kg-" + patient(i)));
        }
    }

    private static String patient(int number) {
        return "many-" + (char) ('a' + number);
    }

    private static Set<String> open() {
        return Set.of("many-b", "many-c", "many-e", "many-f", "many-h", "many-i", "many-k", "many-l");
    }

    private WideMatches.Run run(Integer... looks) {
        return new WideMatches(server.pipeline.visibility(), server.permits, rows, List.of(looks))
                .run(Callers.caller(Callers.clinician(World.CLINIC)), World.NOW, new Named());
    }

    private static WideSearch search(String type, String... condition) {
        Map<String, List<String>> parameters =
                condition.length == 0 ? Map.of() : Map.of(condition[0], List.of(condition[1]));
        return new WideSearch(new SearchRequest(type, parameters), List.of(), List.of(), null, null);
    }

    private static WideSearch heartRates() {
        return search("Observation", "code", Codes.LOINC + "|" + Codes.HEART_RATE);
    }

    private static WideSearch weights() {
        return search("Observation", "code", Codes.LOINC + "|" + Codes.BODY_WEIGHT);
    }

    /** The rows of all patients, whoever permits. */
    private Map<Long, String> everybody() {
        Map<Long, String> everybody = new LinkedHashMap<>();
        rows.records(rows.first(search("Patient"), 100)).forEach((row, record) -> {
            if (record.getIdElement().getIdPart().startsWith("many-")) {
                everybody.put(row, record.getIdElement().getIdPart());
            }
        });
        return everybody;
    }

    @Test
    void whatMatchesIsWhatMayBeHad() {
        assertThat(run(100).ids(search("Patient"), 50)).hasValueSatisfying(ids -> assertThat(ids)
                .containsAll(open())
                .doesNotContain("many-a", "many-d", World.CLARA, World.DORA));
        assertThat(run(100).referenced(weights(), "patient", "Patient", 50))
                .hasValueSatisfying(ids -> assertThat(ids).containsAll(open()).doesNotContain("many-a", "many-d"));
    }

    /** How many hidden ones match changes nothing, as long as all are looked at. */
    @Test
    void onlyWhatMayBeHadCountsAgainstHowManyMayMatch() {
        int mayBeHad = open().size() + 1;
        for (Integer[] looks : new Integer[][] {{100}, {3, 100}, {10, 17}}) {
            assertThat(run(looks).ids(search("Patient"), mayBeHad))
                    .hasValueSatisfying(ids -> assertThat(ids).hasSize(mayBeHad).contains(World.ANNA));
            assertThat(run(looks).ids(search("Patient"), mayBeHad - 1)).isEmpty();
        }
        assertThat(run(3, 16).ids(search("Patient"), mayBeHad)).isEmpty();
    }

    @Test
    void aConditionIsAskedOfGivenRecordsByWhatRefersToThem() {
        for (WideSearch search : List.of(heartRates(), weights())) {
            ReferenceCondition has = new ReferenceCondition(true, "patient", search);
            assertThat(run(1_000).meeting(everybody(), "Patient", List.of(has)).values())
                    .containsExactlyInAnyOrderElementsOf(open());
        }
        ReferenceCondition none = new ReferenceCondition(true, "patient", search("Observation", "code", "x|y"));
        assertThat(run(1_000).meeting(everybody(), "Patient", List.of(none))).isEmpty();
    }

    @Test
    void aConditionIsAskedOfGivenRecordsByWhatTheyReferTo() {
        Map<Long, String> found = new LinkedHashMap<>();
        rows.records(rows.first(heartRates(), 100))
                .forEach((row, record) -> found.put(row, record.getIdElement().getIdPart()));
        ReferenceCondition chain = new ReferenceCondition(false, "patient", search("Patient"));
        assertThat(run(1_000).meeting(found, "Observation", List.of(chain)).values())
                .hasSize(open().size() * RATES)
                .noneMatch(id -> id.startsWith("hr-many-a"));
    }

    /** A condition whose own condition is asked of few records at a time, too. */
    @Test
    void conditionsNest() {
        WideSearch rates = heartRates();
        ReferenceCondition ofWhom = new ReferenceCondition(false, "patient", search("Patient", "_id", "many-b,many-d"));
        WideSearch ofSome = new WideSearch(rates.conditions(), List.of(ofWhom), List.of(), null, null);
        ReferenceCondition has = new ReferenceCondition(true, "patient", ofSome);
        assertThat(run(1_000).meeting(everybody(), "Patient", List.of(has)).values())
                .containsExactly("many-b");
        assertThat(run(1_000).referenced(ofSome, "patient", "Patient", 50)).contains(Set.of("many-b"));
    }

    /** A thousand records that refer to one patient do not keep the others from being looked at. */
    @Test
    void whatIsReferredToVeryOftenIsAskedByItself() {
        for (int n = 0; n < 1_200; n++) {
            server.given(Records.withId(Records.heartRate(patient(0)), "a-" + n));
            server.given(Records.withId(Records.heartRate(patient(1)), "b-" + n));
        }
        ReferenceCondition has = new ReferenceCondition(true, "patient", heartRates());
        assertThat(run(10_000).meeting(everybody(), "Patient", List.of(has)).values())
                .containsExactlyInAnyOrderElementsOf(open());
        assertThatThrownBy(() -> run(2_000).meeting(everybody(), "Patient", List.of(has)))
                .isInstanceOf(WideMatches.TooManyRowsException.class);
    }

    /** References as they stand. */
    private static final class Named implements References {
        @Override
        public Optional<String> canonical(String reference) {
            return Optional.of(reference);
        }

        @Override
        public Optional<Resource> find(String canonical) {
            return Optional.empty();
        }
    }
}
