package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.ScopeContext;
import eu.sinusnode.policy.access.Scopes.Scope;
import java.util.List;

/**
 * The token's scopes: each gives the records that its filter names, a {@code patient/} scope those of the token's patient
 * alone; together they give what one of them gives. That some scope covers type and interaction at all was decided before.
 */
final class ScopeSource implements NarrowingSource {

    @Override
    public String name() {
        return "granular scope";
    }

    @Override
    public Extent extent(Question question) {
        if (question.interaction() == null) {
            return new Extent.Everything();
        }
        List<Scope> giving = question
                .caller()
                .scopes()
                .giving(question.caller().kind().scopeContexts(), question.resourceType(), question.interaction())
                .stream()
                .filter(scope -> reaches(scope, question))
                .toList();
        if (giving.isEmpty()) {
            return new Extent.Nothing(new Decision.Deny(
                    DenialCode.OUTSIDE_SCOPE,
                    "no scope of the token reaches this patient's " + question.resourceType()));
        }
        return giving.stream().anyMatch(scope -> scope.filter().isEmpty())
                ? new Extent.Everything()
                : Extent.only(giving.stream()
                        .map(scope -> new Criterion(scope.filter()))
                        .distinct()
                        .toArray(Criterion[]::new));
    }

    @Override
    public DenialCode withholding() {
        return DenialCode.OUTSIDE_SCOPE;
    }

    private static boolean reaches(Scope scope, Question question) {
        Caller caller = question.caller();
        return scope.context() != ScopeContext.PATIENT
                || question.standing() == null
                || question.standing().patientId().equals(caller.patientId());
    }
}
