package eu.sinusnode.server.vitals;

import ca.uhn.fhir.model.api.StorageResponseCodeEnum;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** The answer to a transaction of creates, as HAPI gives it (http.html#transaction-response). */
final class VitalAnswer {

    private static final String CREATED = "201 Created";
    private static final StorageResponseCodeEnum DONE = StorageResponseCodeEnum.SUCCESSFUL_CREATE;

    private VitalAnswer() {}

    /** @param vitals as they are stored, in the order of the entries */
    static Bundle of(RequestDetails request, List<Observation> vitals) {
        boolean whole = RestfulServerUtils.parsePreferHeader(null, request.getHeader(Constants.HEADER_PREFER))
                        .getReturn()
                == PreferReturnEnum.REPRESENTATION;
        Bundle answer = new Bundle().setType(BundleType.TRANSACTIONRESPONSE);
        for (Observation vital : vitals) {
            BundleEntryComponent entry = answer.addEntry();
            if (whole) {
                entry.setResource(vital);
            }
            entry.getResponse()
                    .setStatus(CREATED)
                    .setLocation(vital.getIdElement().getValue())
                    .setEtag(vital.getIdElement().getVersionIdPart())
                    .setLastModified(vital.getMeta().getLastUpdated())
                    .setOutcome(outcome());
        }
        return answer;
    }

    private static OperationOutcome outcome() {
        OperationOutcome outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics(DONE.getDisplay())
                .getDetails()
                .addCoding()
                .setSystem(DONE.getSystem())
                .setCode(DONE.getCode())
                .setDisplay(DONE.getDisplay());
        return outcome;
    }
}
