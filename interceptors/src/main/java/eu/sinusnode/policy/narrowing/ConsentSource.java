package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.consent.Reach;
import java.util.stream.Collectors;

/** What each patient permits the caller's organization for its purpose. */
final class ConsentSource implements NarrowingSource {

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
        if (question.standing() == null || !asks(question.caller().kind().relationship())) {
            return new Extent.Everything();
        }
        Reach reach = consent.reach(question.caller(), question.resourceType(), question.standing(), question.at());
        if (reach instanceof Reach.None none) {
            return new Extent.Nothing(none.deny());
        }
        if (reach instanceof Reach.OfCodes some) {
            return Extent.only(Criterion.of(
                    ConsentPolicy.codeParameter(question.resourceType()).orElseThrow(),
                    some.codes().stream().map(Code::token).collect(Collectors.toSet())));
        }
        return new Extent.Everything();
    }

    /** Limits to types and codes are limits of what may be used, not of what may be brought. */
    @Override
    public Decision writeFor(Question question) {
        return question.standing() == null || !asks(question.caller().kind().relationship())
                ? Decision.Permit.of(name(), "no permit is needed")
                : consent.decidePurpose(question.caller(), question.standing(), question.at());
    }

    /** Who acts as the patient needs no permit; a gateway brings and is shown nothing. */
    private static boolean asks(Relationship relationship) {
        return switch (relationship) {
            case CARE_TEAM, COVERAGE, NONE_NEEDED -> true;
            case SELF, REPRESENTATIVE, DEVICE, NO_RECORDS -> false;
        };
    }
}
