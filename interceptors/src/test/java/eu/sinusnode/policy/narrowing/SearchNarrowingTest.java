package eu.sinusnode.policy.narrowing;

import org.hl7.fhir.r4.model.Resource;
import java.util.Set;
import java.util.Collection;
import eu.sinusnode.policy.access.StoredRecords;
import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.testing.Callers;
import eu.sinusnode.policy.testing.FakePermits;
import eu.sinusnode.policy.testing.World;
import eu.sinusnode.profiles.Codes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Laws of the narrowing, whoever permits whom what and whatever a search names. */
class SearchNarrowingTest {

    private static final List<String> PATIENTS = List.of("p1", "p2", "p3", "p4");
    private static final String HEART_RATE = Codes.LOINC + "|" + Codes.HEART_RATE;
    private static final String WEIGHT = Codes.LOINC + "|" + Codes.BODY_WEIGHT;

    private final RecordVisibility visibility = RecordVisibility.standard();
    private final SearchNarrowing narrowing = new SearchNarrowing(visibility, 10, World.SERVER_BASE);

    /** What a search can find is a subset of what the decision on single records would give. */
    @Property(tries = 400)
    void nothingIsFoundThatMayNotBeHad(
            @ForAll("worlds") FakePermits world,
            @ForAll("searches") SearchRequest search,
            @ForAll("kinds") CallerKind kind) {
        Caller caller = caller(kind);
        PatientStandings standings = new PatientStandings(world, caller, World.NOW);
        Narrowing outcome = narrowing.narrow(caller, search, standings, nothingStored());
        SearchRequest result = ((Narrowing.Narrowed) outcome).search();
        if (result.occurrences("_id").equals(List.of(SearchNarrowing.NOBODY))) {
            assertThat(result.names("patient")).isFalse();
            return;
        }
        assertThat(result.occurrences("patient"))
                .as("one condition on the patient")
                .hasSize(1);
        for (String value :
                SearchRequest.alternatives(result.occurrences("patient").get(0))) {
            String patientId = value.substring("Patient/".length());
            Extent extent = visibility.extent(
                    new Question(caller, Interaction.SEARCH, "Observation", standings.of(patientId), World.NOW));
            assertThat(extent).isNotInstanceOf(Extent.Nothing.class);
            assertThat(extent.limits())
                    .as("the conditions keep to what is permitted")
                    .allMatch(limit -> limit.isImpliedBy(result));
        }
    }

    /** Narrowing takes nothing away from what was asked: every condition on the code still stands. */
    @Property(tries = 200)
    void conditionsOfTheCallerStay(
            @ForAll("worlds") FakePermits world,
            @ForAll("searches") SearchRequest search,
            @ForAll("kinds") CallerKind kind) {
        Caller caller = caller(kind);
        Narrowing outcome =
                narrowing.narrow(caller, search, new PatientStandings(world, caller, World.NOW), nothingStored());
        SearchRequest result = ((Narrowing.Narrowed) outcome).search();
        if (!result.occurrences("_id").equals(List.of(SearchNarrowing.NOBODY))) {
            assertThat(result.occurrences("code")).containsAll(search.occurrences("code"));
            List<String> named = search.occurrences("patient").stream()
                    .flatMap(each -> SearchRequest.alternatives(each).stream())
                    .map(each -> "Patient/" + each)
                    .toList();
            if (!named.isEmpty()) {
                assertThat(SearchRequest.alternatives(
                                result.occurrences("patient").get(0)))
                        .isSubsetOf(named);
            }
        }
    }

    @Test
    void unknownAndDeniedPatientsBecomeTheSameSearch() {
        FakePermits world = World.permits();
        Caller clinician = Callers.caller(Callers.clinician(World.CLINIC));
        assertThat(narrowed(world, clinician, World.CLARA)).isEqualTo(narrowed(world, clinician, "unknown"));
        assertThat(narrowed(world, clinician, World.DORA)).isEqualTo(narrowed(world, clinician, "not an id!"));
    }

    @Test
    void valuesThatHideACommaAreOneValue() {
        assertThat(SearchRequest.alternatives("a\\,b,c")).containsExactly("a,b", "c");
        assertThat(SearchRequest.alternatives("")).containsExactly("");
        assertThat(SearchRequest.escape("a,b|c$d\\e")).isEqualTo("a\\,b\\|c\\$d\\\\e");
        assertThat(narrowed(World.permits(), Callers.caller(Callers.clinician(World.CLINIC)), "anna\\,dora"))
                .isEqualTo(narrowed(World.permits(), Callers.caller(Callers.clinician(World.CLINIC)), "unknown"));
    }

    private Map<String, List<String>> narrowed(FakePermits world, Caller caller, String patient) {
        SearchRequest search = new SearchRequest("Observation", Map.of("patient", List.of(patient)));
        Narrowing outcome =
                narrowing.narrow(caller, search, new PatientStandings(world, caller, World.NOW), nothingStored());
        return ((Narrowing.Narrowed) outcome).search().parameters();
    }

    private static Caller caller(CallerKind kind) {
        return Callers.caller(kind == CallerKind.PATIENT ? Callers.patient("p1") : Callers.of(kind));
    }

    @Provide
    Arbitrary<CallerKind> kinds() {
        return Arbitraries.of(
                CallerKind.PATIENT,
                CallerKind.CLINICIAN,
                CallerKind.CLINIC_SYSTEM,
                CallerKind.INSURER,
                CallerKind.ANALYSIS_JOB);
    }

    @Provide
    Arbitrary<FakePermits> worlds() {
        Arbitrary<Integer> kindOfPermit = Arbitraries.integers().between(0, 4);
        return kindOfPermit.list().ofSize(PATIENTS.size()).flatMap(permits -> Arbitraries.of(true, false)
                .list()
                .ofSize(PATIENTS.size())
                .map(related -> world(permits, related)));
    }

    private static FakePermits world(List<Integer> permits, List<Boolean> related) {
        FakePermits world = new FakePermits();
        for (int i = 0; i < PATIENTS.size(); i++) {
            String patient = PATIENTS.get(i);
            if (related.get(i)) {
                world.member(patient, World.CLINIC, Relationship.CARE_TEAM);
                world.member(patient, World.INSURER, Relationship.COVERAGE);
            }
            grant(world, patient, World.CLINIC, Purpose.TREAT, permits.get(i));
            grant(world, patient, World.INSURER, Purpose.HPAYMT, permits.get(i));
            grant(world, patient, World.CENTRE, Purpose.CAREMGT, permits.get(i));
        }
        return world;
    }

    private static void grant(FakePermits world, String patient, String organization, Purpose purpose, int kind) {
        switch (kind) {
            case 1 -> world.permit(patient, organization, purpose);
            case 2 -> world.permit(patient, organization, purpose, "Observation", Codes.LOINC, Codes.HEART_RATE);
            case 3 -> world.permit(patient, organization, purpose, "Condition", null, null);
            case 4 -> world.permit(patient, organization, purpose, null, Codes.LOINC, Codes.BODY_WEIGHT);
            default -> {
                // Nothing is permitted.
            }
        }
    }

    @Provide
    Arbitrary<SearchRequest> searches() {
        Arbitrary<List<String>> patients = Arbitraries.of("p1", "p2", "p3", "p4", "p9", "p1,p2", "p2,p3,p4,p9")
                .list()
                .ofMaxSize(2);
        Arbitrary<List<String>> codes = Arbitraries.of(HEART_RATE, WEIGHT, HEART_RATE + "," + WEIGHT, Codes.HEART_RATE)
                .list()
                .ofMaxSize(2);
        return Combinators.combine(patients, codes).as((named, asked) -> {
            Map<String, List<String>> parameters = new LinkedHashMap<>();
            if (!named.isEmpty()) {
                parameters.put("patient", new ArrayList<>(named));
            }
            if (!asked.isEmpty()) {
                parameters.put("code", new ArrayList<>(asked));
            }
            return new SearchRequest("Observation", parameters);
        });
    }

    private static References nothingStored() {
        return new StoredReferences(
                new StoredRecords() {
                    @Override
                    public Optional<Resource> current(String type, String id) {
                        return Optional.empty();
                    }

                    @Override
                    public Set<String> shared(String type, Collection<String> patientIds, int most) {
                        return Set.of();
                    }
                },
                World.SERVER_BASE);
    }

    @Test
    void directoryTypesStayAsTheyAre() {
        SearchRequest search = new SearchRequest("Organization", Map.of("name", List.of("Clinic")));
        Caller caller = Callers.caller(Callers.insurer());
        Narrowing outcome = narrowing.narrow(
                caller, search, new PatientStandings(new FakePermits(), caller, World.NOW), nothingStored());
        assertThat(outcome).isEqualTo(new Narrowing.Narrowed(search, List.of()));
    }
}
