package eu.sinusnode.server.export.job;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.access.Scopes;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.Directive.Effect;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.Standing;
import eu.sinusnode.policy.consent.Target;
import eu.sinusnode.policy.consent.Validity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of those who are named, whom the caller would have without naming them, and in an order that a run can go on in. */
class ChosenRangesTest {

    private static final Instant NOW = Instant.parse("2026-11-27T16:30:00Z");

    /** Who is linked, with what they say. */
    private final Map<String, List<Directive>> linked = new HashMap<>();

    private final List<Collection<String>> asked = new ArrayList<>();

    @Test
    void whoIsNotLinkedOrPermitsNothingIsNoPartOfIt() {
        permits("b");
        permits("d");
        permits("x");
        linked.put("c", List.of());
        linked.put("e", List.of(directive("e", Effect.DENY)));
        linked.put("f", List.of(directive("f", Effect.DENY)));

        Ranges ranges = ranges(CallerKind.CLINIC_SYSTEM, Set.of("a", "b", "c", "d", "e", "f"), "f", "x");

        assertThat(all(ranges, 10)).containsExactly("b", "d", "f");
        assertThat(ranges.count(this::facts)).isEqualTo(3);
    }

    @Test
    void rangesFollowEachOtherAndSkipWhereNobodyIs() {
        for (String id : List.of("b", "g", "h", "i")) {
            permits(id);
        }
        Ranges ranges = ranges(CallerKind.INSURER, Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i"));

        assertThat(all(ranges, 2)).containsExactly("b", "g", "h", "i");
        assertThat(asked).as("some at a time").allMatch(ids -> ids.size() <= 2);
        assertThat(ids(ranges.next(facts(), "g", 2))).containsExactly("h", "i");
        assertThat(ranges.next(facts(), "i", 2)).isEmpty();
        assertThat(ranges(CallerKind.INSURER, Set.of()).next(facts(), null, 2)).isEmpty();
    }

    @Test
    void aPatientIsOneAtMost() {
        assertThat(all(ranges(CallerKind.PATIENT, Set.of("a", "b")), 10)).isEmpty();
        assertThat(all(ranges(CallerKind.PATIENT, Set.of("a", "own")), 10)).containsExactly("own");
    }

    private void permits(String id) {
        linked.put(id, List.of(directive(id, Effect.PERMIT)));
    }

    private static Directive directive(String patient, Effect effect) {
        return new Directive(
                effect,
                patient,
                "consent",
                1,
                "provision",
                "Organization/own",
                Purpose.TREAT,
                Target.ALL,
                Validity.ALWAYS);
    }

    private @Nullable CallerKind kind;

    private Ranges ranges(CallerKind of, Set<String> chosen, String... withdrawing) {
        kind = of;
        return Ranges.of(caller(of), chosen, new TreeSet<>(Set.of(withdrawing)));
    }

    private List<String> all(Ranges ranges, int most) {
        List<String> all = new ArrayList<>();
        String after = null;
        List<String> range = ids(ranges.next(facts(), after, most));
        while (!range.isEmpty()) {
            all.addAll(range);
            after = range.get(range.size() - 1);
            range = ids(ranges.next(facts(), after, most));
        }
        return all;
    }

    private static List<String> ids(List<Standing> range) {
        return range.stream().map(Standing::patientId).toList();
    }

    private PatientStandings facts() {
        return new PatientStandings(new Told(), caller(kind == null ? CallerKind.CLINIC_SYSTEM : kind), NOW);
    }

    private static Caller caller(CallerKind kind) {
        boolean patient = kind.actsAsPatient();
        return new Caller(
                kind,
                "client",
                "subject",
                "token",
                patient ? null : "own",
                "DE",
                null,
                kind.purpose(),
                patient ? "Patient/own" : null,
                patient ? "own" : null,
                new Scopes(List.of()),
                Set.of());
    }

    private final class Told implements PermitDirectory {

        @Override
        public List<Directive> directivesOf(
                Collection<String> patientIds, String organizationId, Purpose purpose, Instant at) {
            return List.of();
        }

        @Override
        public Set<String> relatedAmong(
                Collection<String> patientIds, String partyId, Relationship relationship, Instant at) {
            return Set.of();
        }

        @Override
        public Map<String, List<Directive>> directivesOfRelated(
                Collection<String> patientIds,
                String organizationId,
                Relationship relationship,
                Purpose purpose,
                Instant at) {
            asked.add(List.copyOf(patientIds));
            Map<String, List<Directive>> related = new HashMap<>(linked);
            related.keySet().retainAll(patientIds);
            return related;
        }

        @Override
        public List<Directive> permittedPatients(
                String organizationId,
                Purpose purpose,
                Relationship relationship,
                @Nullable String afterPatientId,
                int maxPatients,
                Instant at) {
            throw new AssertionError("Only who was named is asked about.");
        }

        @Override
        public Set<String> restrictedAmong(Collection<String> patientIds) {
            return Set.of();
        }
    }
}
