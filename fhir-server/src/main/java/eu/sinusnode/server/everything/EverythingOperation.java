package eu.sinusnode.server.everything;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.server.rest.GivenParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.jspecify.annotations.Nullable;

/**
 * {@code Patient/[id]/$everything} (patient-operation-everything.html): the Patient, the records that are the patient's,
 * and the records of nobody that these refer to, page by page. Who may not read the Patient is answered as for an unknown
 * one.
 */
public final class EverythingOperation {

    static final String NAME = "$everything";

    private final StoredRecords stored;
    private final DisclosureGate gate;
    private final WantedReader reader;
    private final EverythingPages pages;

    EverythingOperation(StoredRecords stored, DisclosureGate gate, WantedReader reader, EverythingPages pages) {
        this.stored = stored;
        this.gate = gate;
        this.reader = reader;
        this.pages = pages;
    }

    @Operation(name = NAME, type = Patient.class, idempotent = true)
    public Bundle read(@IdParam IdType patient, @ResourceParam @Nullable Parameters body, RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        String id = patient.getIdPart();
        stored.current("Patient", id)
                .filter(record -> gate.mayHave(request, record))
                .orElseThrow(() -> Denials.unknown("Patient/" + id));
        GivenParameters given =
                GivenParameters.of(request, body, WantedReader.PARAMETERS, false, WantedReader::malformed);
        Wanted wanted = reader.read(caller, given, request);
        EverythingPages.Page page = pages.page(caller, id, wanted, request);
        Bundle answer = page.bundle();
        Map<String, List<String>> asked = new LinkedHashMap<>(given.values());
        answer.addLink().setRelation("self").setUrl(url(request, id, asked));
        if (page.next() != null) {
            asked.put(WantedReader.AFTER, List.of(page.next().text()));
            answer.addLink().setRelation("next").setUrl(url(request, id, asked));
        }
        // That nothing was found of a patient is told to the caller, too.
        DisclosureLedger.note(
                request, AuditedInteraction.OPERATION, null, List.of(new AuditedRecord(id, "Patient", id, null)));
        return answer;
    }

    private static String url(RequestDetails request, String id, Map<String, List<String>> parameters) {
        String query = parameters.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(value -> each.getKey() + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
        return request.getFhirServerBase() + "/Patient/" + id + "/" + NAME + (query.isEmpty() ? "" : "?" + query);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
