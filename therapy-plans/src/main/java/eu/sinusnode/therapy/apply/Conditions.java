package eu.sinusnode.therapy.apply;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.FhirPathExecutionException;
import ca.uhn.fhir.fhirpath.IFhirPath;
import ca.uhn.fhir.fhirpath.IFhirPathEvaluationContext;
import eu.sinusnode.therapy.apply.Judgement.Answer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Parameters;

/** Judges conditions in FHIRPath over the {@link NamedInput}s of one patient. For one thread. */
final class Conditions implements IFhirPathEvaluationContext {

    /** A variable; what follows a percent sign within a string does no harm. */
    private static final Pattern VARIABLE = Pattern.compile("%([A-Za-z][A-Za-z0-9]*)");

    private static final int LONGEST = 500;

    private final IFhirPath engine;
    private final PatientFacts facts;

    Conditions(FhirContext context, PatientFacts facts) {
        this.engine = context.newFhirPath();
        this.facts = facts;
        engine.setEvaluationContext(this);
    }

    /** @throws ProgrammeException when it is no FHIRPath over the inputs that there are */
    Judgement judge(Expression condition) {
        String expression = String.valueOf(condition.getExpression());
        if (!"text/fhirpath".equals(condition.getLanguage()) || expression.length() > LONGEST) {
            throw notUnderstood(condition, "is no FHIRPath expression of at most " + LONGEST + " characters");
        }
        List<Fact> used = VARIABLE.matcher(expression)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .map(name -> input(condition, name))
                .map(facts::of)
                .toList();
        return new Judgement(answer(condition, expression), condition.getName(), condition.getDescription(), used);
    }

    private Answer answer(Expression condition, String expression) {
        List<IBase> result;
        try {
            result = engine.evaluate(new Parameters(), expression, IBase.class);
        } catch (FhirPathExecutionException | IllegalArgumentException e) {
            throw notUnderstood(condition, "cannot be evaluated");
        }
        if (result.isEmpty()) {
            return Answer.OPEN;
        }
        if (result.size() == 1 && result.get(0) instanceof BooleanType value) {
            return value.booleanValue() ? Answer.YES : Answer.NO;
        }
        throw notUnderstood(condition, "gives no truth value");
    }

    private static NamedInput input(Expression condition, String name) {
        return NamedInput.of(name).orElseThrow(() -> notUnderstood(condition, "asks for an input that does not exist"));
    }

    private static ProgrammeException notUnderstood(Expression condition, String why) {
        return new ProgrammeException(
                ProgrammeException.Reason.NOT_UNDERSTOOD, "The condition " + condition.getName() + " " + why);
    }

    @Override
    public List<IBase> resolveConstant(Object appContext, String name, ConstantEvaluationMode mode) {
        Matcher variable = VARIABLE.matcher(name.startsWith("%") ? name : "%" + name);
        Optional<NamedInput> input = variable.matches() ? NamedInput.of(variable.group(1)) : Optional.empty();
        return input.map(facts::of)
                .filter(Fact.Known.class::isInstance)
                .map(fact -> List.<IBase>of(((Fact.Known) fact).value()))
                .orElseGet(List::of);
    }
}
