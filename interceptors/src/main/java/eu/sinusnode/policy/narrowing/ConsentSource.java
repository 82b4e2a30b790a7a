package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.consent.Reach;
import eu.sinusnode.policy.consent.RecordFacts;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each patient's Consents let the caller have for its purpose. */
final class ConsentSource implements NarrowingSource {

    private static final String ID = "_id";

    private final ConsentPolicy consent;

    ConsentSource(ConsentPolicy consent) {
        this.consent = consent;
    }

    @Override
    public String name() {
        return "consent";
    }

    @Override
    public Extent extent(Question question) {
        if (question.standing() == null || !asks(question.caller().kind()) || question.isOpened()) {
            return new Extent.Everything();
        }
        Reach reach = consent.reach(question.caller(), question.resourceType(), question.standing(), question.at());
        if (reach instanceof Reach.None none) {
            return new Extent.Nothing(none.deny());
        }
        return reach instanceof Reach.Some some
                ? new Extent.Only(some.parts().stream()
                        .flatMap(part -> criteria(question.resourceType(), part))
                        .map(criterion -> new Limit(Set.of(criterion)))
                        .toList())
                : new Extent.Everything();
    }

    /** All of them must hold. */
    private static Stream<Criterion> criteria(String resourceType, Reach.Part part) {
        if (part instanceof Reach.OfInstances of) {
            return Stream.of(Criterion.of(ID, ids(of.instances())));
        }
        if (part instanceof Reach.NotOfInstances not) {
            return Stream.of(Criterion.not(ID, ids(not.instances())));
        }
        if (part instanceof Reach.OfLabels of) {
            return Stream.of(Criterion.of(RecordFacts.LABELS, tokens(of.labels())));
        }
        if (part instanceof Reach.NotOfLabels not) {
            return Stream.of(Criterion.not(RecordFacts.LABELS, tokens(not.labels())));
        }
        if (part instanceof Reach.Within within) {
            return TimeEdge.inside(within.period()).stream().map(edge -> time(resourceType, Set.of(edge)));
        }
        if (part instanceof Reach.Outside outside) {
            return Stream.of(time(resourceType, TimeEdge.outside(outside.period())));
        }
        String parameter = ConsentPolicy.codeParameter(resourceType).orElseThrow();
        return Stream.of(
                part instanceof Reach.NotOfCodes not
                        ? Criterion.not(parameter, tokens(not.codes()))
                        : Criterion.of(parameter, tokens(((Reach.OfCodes) part).codes())));
    }

    private static Criterion time(String resourceType, Set<TimeEdge> edges) {
        return Criterion.time(ConsentPolicy.timeParameter(resourceType).orElseThrow(), edges);
    }

    private static Set<String> ids(Set<String> instances) {
        return instances.stream()
                .map(instance -> instance.substring(instance.indexOf('/') + 1))
                .collect(Collectors.toSet());
    }

    private static Set<String> tokens(Set<Code> codes) {
        return codes.stream().map(Code::token).collect(Collectors.toSet());
    }

    /** Exactly, where a search may have to find less. */
    @Override
    public Decision decide(Question question, RecordFacts record) {
        return question.standing() == null || !asks(question.caller().kind()) || question.isOpened()
                ? Decision.Permit.of(name(), "no permit is needed")
                : consent.decide(question.caller(), record, question.standing(), question.at());
    }

    /** Limits to types and codes are limits of what may be used, not of what may be brought. */
    @Override
    public Decision writeFor(Question question) {
        return question.standing() == null || !asks(question.caller().kind())
                ? Decision.Permit.of(name(), "no permit is needed")
                : consent.decidePurpose(question.caller(), question.standing(), question.at());
    }

    /**
     * Who acts as the patient needs no permit. A gateway and a recorder bring and are shown nothing; what a recorder brings
     * is the first permit.
     */
    private static boolean asks(CallerKind kind) {
        if (kind == CallerKind.CONSENT_RECORDER) {
            return false;
        }
        return switch (kind.relationship()) {
            case CARE_TEAM, COVERAGE, NONE_NEEDED -> true;
            case SELF, REPRESENTATIVE, DEVICE, NO_RECORDS -> false;
        };
    }
}
