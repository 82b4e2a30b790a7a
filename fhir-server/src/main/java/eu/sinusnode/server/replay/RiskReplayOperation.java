package eu.sinusnode.server.replay;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.authorization.BatchEntry;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.batch.EntryAnswer;
import eu.sinusnode.server.batch.InnerRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;

/**
 * {@code Observation/[id]/$risk-replay}: a clinician asks that a risk flag is computed again. The flag is read as the
 * clinician's own request, so that nobody asks about one that is hidden; a Task then waits for the analysis job.
 */
public final class RiskReplayOperation {

    static final String NAME = "$risk-replay";
    private static final int READ_FLAG = 1;

    private final InnerRequests requests;
    private final FhirContext context;
    private final Replays replays;
    private final Clock clock;

    public RiskReplayOperation(InnerRequests requests, FhirContext context, Replays replays, Clock clock) {
        this.requests = requests;
        this.context = context;
        this.replays = replays;
        this.clock = clock;
    }

    /** Asked again while it waits, it is the same Task. */
    @Operation(name = NAME, type = Observation.class)
    public Parameters replay(@IdParam IdType id, ServletRequestDetails request) {
        ReplayRequest asked = ReplayRequest.read(request.getResource());
        String clinician = Objects.requireNonNull(CurrentCaller.require(request).fhirUser());
        String path = "Observation/" + id.getIdPart()
                + asked.version().map(version -> "/_history/" + version).orElse("");
        Observation flag = read(path, request);
        if (!isFlag(flag)) {
            throw ReplayRequest.malformed("the Observation is no risk flag of the analysis job");
        }
        IdType version =
                new IdType("Observation", id.getIdPart(), flag.getMeta().getVersionId());
        String patient = flag.getSubject().getReferenceElement().getIdPart();
        Instant now = clock.instant();
        AuditedRecord task = replays.ask(version, patient, clinician, now, request);
        DisclosureLedger.permittedBy(request, "risk flag: replay");
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                List.of(new AuditedRecord(patient, "Observation", id.getIdPart(), version.getVersionIdPart())));
        DisclosureLedger.note(request, AuditedInteraction.CREATE, null, List.of(task));
        return new Parameters().addParameter("task", new Reference("Task/" + task.id()));
    }

    private static boolean isFlag(Observation observation) {
        return observation.getCategory().stream()
                .flatMap(category -> category.getCoding().stream())
                .anyMatch(coding -> Canonicals.OBSERVATION_CATEGORIES.equals(coding.getSystem())
                        && Codes.RISK_FLAG.equals(coding.getCode()));
    }

    private Observation read(String path, ServletRequestDetails request) {
        EntryAnswer answer = requests.send(request, new BatchEntry("GET", path, null, Map.of(), null), READ_FLAG);
        if (answer.status() >= 300) {
            throw answer.refusal(context, "The replay was not asked for.");
        }
        return context.newJsonParser().parseResource(Observation.class, Objects.requireNonNull(answer.content()));
    }
}
