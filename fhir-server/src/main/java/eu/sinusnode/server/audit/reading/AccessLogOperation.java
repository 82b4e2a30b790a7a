package eu.sinusnode.server.audit.reading;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AccessInWords;
import eu.sinusnode.policy.audit.AccessInWords.Access;
import eu.sinusnode.policy.audit.AccessInWords.Language;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.disclosure.DisclosureGate;
import eu.sinusnode.server.audit.store.StoryTable;
import eu.sinusnode.server.audit.store.StoryTable.Story;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET [base]/Patient/[id]/$access-log?start=&end=&count=}: who saw what of the patient's record, when and why, in
 * plain words, newest first (Art. 9 of Regulation (EU) 2025/327). For the patient, and for who represents the patient;
 * German or English by {@code Accept-Language}.
 *
 * <p>The answer is a Parameters with one {@code access} an access: {@code when}, {@code who}, {@code what}, {@code why},
 * {@code refused}, {@code self}, {@code sentence}, {@code event}; and {@code next}, where older ones are.
 */
public class AccessLogOperation {

    static final String NAME = "$access-log";
    private static final int DEFAULT_COUNT = 50;
    private static final int MAX_COUNT = 500;

    private final StoryTable stories;
    private final AccessInWords words;
    private final StoredRecords stored;
    private final DisclosureGate gate;
    private final StoredSoFar storedSoFar;

    public AccessLogOperation(
            StoryTable stories,
            AccessInWords words,
            StoredRecords stored,
            DisclosureGate gate,
            StoredSoFar storedSoFar) {
        this.stories = stories;
        this.words = words;
        this.stored = stored;
        this.gate = gate;
        this.storedSoFar = storedSoFar;
    }

    /** @throws InvalidRequestException when a parameter is not of its form */
    @Operation(name = NAME, type = Patient.class, idempotent = true)
    public Parameters read(
            @IdParam IdType patient,
            @OperationParam(name = "start", max = 1) @Nullable StringType start,
            @OperationParam(name = "end", max = 1) @Nullable StringType end,
            @OperationParam(name = "count", max = 1) @Nullable StringType count,
            RequestDetails request) {
        Caller caller = CurrentCaller.require(request);
        String id = patient.getIdPart();
        if (!id.equals(caller.patientId())) {
            throw DenialLedger.refuse(
                    request, new Decision.Deny(DenialCode.COMPARTMENT, "an access log is the patient's own"), id);
        }
        // The token alone does not say that a representative still is one.
        stored.current("Patient", id)
                .or(() -> stored.beforeDeletion("Patient", id))
                .filter(record -> gate.mayHave(request, record))
                .orElseThrow(() -> Denials.unknown("Patient/" + id));
        Instant from = Instants.read("start", start);
        Instant to = Instants.read("end", end);
        int wanted = Instants.count(count, DEFAULT_COUNT, MAX_COUNT);
        boolean complete = storedSoFar.await();
        List<Story> page = stories.of(id, from, to, wanted);
        Parameters log = new Parameters();
        Language language = Language.of(
                Optional.ofNullable(request.getHeader("Accept-Language")).orElse("en"));
        log.addParameter("language", new CodeType(language == Language.GERMAN ? "de" : "en"));
        page.forEach(story -> story.entry().ifPresent(entry -> add(log, story, words.say(entry, id, language))));
        if (!complete) {
            log.addParameter().setName("outcome").setResource(AuditSearchset.newestAreMissing());
        }
        if (page.size() >= wanted) {
            log.addParameter("next", new UriType(next(request, id, page, from, wanted)));
        }
        return log;
    }

    private static void add(Parameters log, Story story, Access access) {
        ParametersParameterComponent part = log.addParameter().setName("access");
        part.addPart().setName("when").setValue(new InstantType(Date.from(access.when())));
        part.addPart().setName("who").setValue(new StringType(access.who()));
        part.addPart().setName("what").setValue(new StringType(access.what()));
        part.addPart().setName("why").setValue(new StringType(access.why()));
        part.addPart().setName("refused").setValue(new BooleanType(access.refused()));
        part.addPart().setName("self").setValue(new BooleanType(access.self()));
        part.addPart().setName("sentence").setValue(new StringType(access.sentence()));
        part.addPart().setName("event").setValue(new Reference("AuditEvent/" + story.eventId()));
    }

    private static String next(RequestDetails request, String id, List<Story> page, @Nullable Instant from, int count) {
        Instant before = page.get(page.size() - 1).recorded().minusMillis(1);
        return request.getFhirServerBase() + "/Patient/" + id + "/" + NAME + "?count=" + count + "&end=" + before
                + (from == null ? "" : "&start=" + from);
    }
}
