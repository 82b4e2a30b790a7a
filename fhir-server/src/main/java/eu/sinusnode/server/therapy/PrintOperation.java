package eu.sinusnode.server.therapy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestAudit;
import eu.sinusnode.server.batch.InnerRequests;
import eu.sinusnode.server.print.PdfRenderer;
import eu.sinusnode.therapy.print.PatientLetter;
import eu.sinusnode.therapy.print.PlanSheet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.IdType;

/**
 * {@code CarePlan/[id]/$print}: the plan, or a letter on it, as a page for the patient (docs/therapy-plans.md). All that it reads it reads
 * as the caller's own requests: the page holds what the caller may see, and each record is audited as read.
 */
public final class PrintOperation {

    static final String NAME = "$print";

    private final InnerRequests requests;
    private final FhirContext context;
    private final Clock clock;
    private final RequestAudit audit;
    private final PdfRenderer renderer = new PdfRenderer();

    public PrintOperation(InnerRequests requests, FhirContext context, Clock clock, RequestAudit audit) {
        this.requests = requests;
        this.context = context;
        this.clock = clock;
        this.audit = audit;
    }

    /** @throws BaseServerResponseException when nothing is printed; nothing was written then */
    @Operation(name = NAME, type = CarePlan.class, idempotent = true, manualResponse = true)
    public void print(@IdParam IdType id, ServletRequestDetails request, HttpServletResponse response)
            throws IOException {
        PrintRequest asked = PrintRequest.of(request);
        OwnRequests own = new OwnRequests(requests, context, request);
        CarePlan plan = own.read(CarePlan.class, "CarePlan/" + id.getIdPart());
        if (plan.getStatus() == CarePlanStatus.ENTEREDINERROR) {
            throw Denials.problem(RequestProblem.PLAN_STATE, "a plan that was entered in error is not printed");
        }
        String page = asked.letter() ? letter(asked, plan, own) : sheet(asked, plan, own);
        byte[] content = asked.pdf() ? renderer.render(page) : html(page);
        String patient = plan.getSubject().getReferenceElement().getIdPart();
        audit.disclose(
                request,
                AuditedInteraction.OPERATION,
                "therapy plan: print",
                List.of(new AuditedRecord(patient, "CarePlan", id.getIdPart(), null)));
        response.setStatus(HttpServletResponse.SC_OK);
        response.setHeader("Content-Language", asked.language().tag());
        response.setHeader("Content-Disposition", "inline; filename=\"" + asked.fileName() + "\"");
        if (!asked.pdf()) {
            response.setHeader("Content-Security-Policy", PrintRequest.CONTENT_POLICY);
        }
        response.setContentType(asked.pdf() ? "application/pdf" : "text/html;charset=UTF-8");
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
        response.flushBuffer();
    }

    private String sheet(PrintRequest asked, CarePlan plan, OwnRequests own) {
        return new PlanSheet(new PrintReader(own, clock.instant(), asked.zone()).read(plan), asked.language()).page();
    }

    private String letter(PrintRequest asked, CarePlan plan, OwnRequests own) {
        Instant now = clock.instant();
        PlanLook look = PlanLook.read(plan, own, asked.zone(), now);
        return new PatientLetter(
                        new PrintReader(own, now, asked.zone()).read(plan), ReachedOf.look(look), asked.language())
                .page();
    }

    private static byte[] html(String page) {
        return ("<!DOCTYPE html>\n" + page).getBytes(StandardCharsets.UTF_8);
    }
}
