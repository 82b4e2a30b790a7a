package eu.sinusnode.server.therapy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.server.batch.InnerRequests;
import eu.sinusnode.therapy.apply.Programme;
import eu.sinusnode.therapy.apply.ProgrammeException;
import eu.sinusnode.therapy.diff.ProgrammeChange;
import eu.sinusnode.therapy.diff.ProgrammeDiff;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;

/**
 * {@code CarePlan/[id]/$programme-diff}: what the newest version of the programme changes against the one that the plan was
 * made of. It tells; the plan stays as it is.
 */
public final class ProgrammeDiffOperation {

    static final String NAME = "$programme-diff";

    private final InnerRequests requests;
    private final FhirContext context;

    public ProgrammeDiffOperation(InnerRequests requests, FhirContext context) {
        this.requests = requests;
        this.context = context;
    }

    @Operation(name = NAME, type = CarePlan.class, idempotent = true)
    public Parameters diff(@IdParam IdType id, ServletRequestDetails request) {
        OwnRequests own = new OwnRequests(requests, context, request);
        CarePlan plan = own.read(CarePlan.class, "CarePlan/" + id.getIdPart());
        String canonical = plan.getInstantiatesCanonical().stream()
                .map(CanonicalType::getValue)
                .filter(each -> each.contains("|"))
                .findFirst()
                .orElseThrow(() -> Denials.problem(
                        RequestProblem.PLAN_WITHOUT_PROGRAMME, "the plan names no programme with its version"));
        ProgrammeReader programmes = new ProgrammeReader(own);
        ProgrammeDiff diff;
        try {
            Programme from = programmes.inVersion(canonical);
            diff = new ProgrammeDiff(from, programmes.byCanonical(from.plan().getUrl()));
        } catch (ProgrammeException e) {
            throw Denials.problem(RequestProblem.PLAN_WITHOUT_PROGRAMME, String.valueOf(e.getMessage()));
        }
        DisclosureLedger.permittedBy(request, "therapy plan: compared");
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                List.of(new AuditedRecord(
                        plan.getSubject().getReferenceElement().getIdPart(),
                        "CarePlan",
                        id.getIdPart(),
                        plan.getIdElement().getVersionIdPart())));
        return answer(diff);
    }

    private static Parameters answer(ProgrammeDiff diff) {
        Parameters answer = new Parameters();
        answer.addParameter()
                .setName("from")
                .setValue(new CanonicalType(diff.from().canonical()));
        answer.addParameter().setName("to").setValue(new CanonicalType(diff.to().canonical()));
        for (ProgrammeChange change : diff.changes()) {
            ParametersParameterComponent part = answer.addParameter().setName("change");
            part.addPart().setName("kind").setValue(new CodeType(code(change.kind())));
            part.addPart().setName("subject").setValue(new CodeType(code(change.subject())));
            part.addPart().setName("id").setValue(new StringType(change.id()));
            part.addPart().setName("words").setValue(new StringType(change.words()));
        }
        return answer;
    }

    private static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
