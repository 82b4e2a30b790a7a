package eu.sinusnode.server.questions;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CurrentCaller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.audit.DisclosureLedger;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.narrowing.RecordVisibility;
import eu.sinusnode.policy.narrowing.RequestScope;
import eu.sinusnode.server.careteam.CareTeamClinics;
import eu.sinusnode.server.careteam.ClinicView;
import eu.sinusnode.server.notice.NoticeWords;
import eu.sinusnode.server.projection.ResourceIds;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;

/**
 * {@code Communication/$ask}: a patient, or who represents one, asks a clinic. The answer is Parameters with {@code question},
 * {@code task} and {@code clinic}, References to what was stored and who sees it, and {@code notice}, in German and English. It
 * tells no urgency: whatever it said, somebody could take it for advice.
 */
public final class AskOperation {

    static final String NAME = "$ask";
    private static final NoticeWords WORDS = new NoticeWords(AskOperation.class);

    private final Questions questions;
    private final CareTeamClinics clinics;
    private final RiskContexts contexts;
    private final RequestScope scope;
    private final RecordVisibility visibility;
    private final Clock clock;

    AskOperation(
            Questions questions,
            CareTeamClinics clinics,
            RiskContexts contexts,
            RequestScope scope,
            RecordVisibility visibility,
            Clock clock) {
        this.questions = questions;
        this.clinics = clinics;
        this.contexts = contexts;
        this.scope = scope;
        this.visibility = visibility;
        this.clock = clock;
    }

    @Operation(name = NAME, type = Communication.class)
    public Parameters ask(ServletRequestDetails request) {
        AskRequest asked = AskRequest.read(request.getResource());
        Caller caller = CurrentCaller.require(request);
        String id = String.valueOf(caller.patientId());
        demandWrite(request, caller, id);
        UUID patient = ResourceIds.require("Patient", id);
        Instant now = clock.instant();
        Question question = new Question(patient, asked, caller, now);
        Questions.Asked stored = questions.before(question).orElseGet(() -> {
            ClinicView clinic = clinic(question, asked, now);
            RiskContext context = contexts.of(patient, clinic, now);
            return questions.ask(
                    question,
                    () -> new Questions.Asked(
                            question.message(clinic.organization()), question.task(clinic.organization(), context)));
        });
        DisclosureLedger.permittedBy(request, "question: asked");
        DisclosureLedger.note(
                request,
                AuditedInteraction.OPERATION,
                null,
                stored.both().stream()
                        .map(each -> new AuditedRecord(
                                id,
                                each.fhirType(),
                                each.getIdElement().getIdPart(),
                                each.getIdElement().getVersionIdPart()))
                        .toList());
        return answer(stored);
    }

    private void demandWrite(RequestDetails request, Caller caller, String patient) {
        PatientStandings standings = scope.standings(request);
        Decision decision = visibility.decideWriteFor(
                caller, Interaction.CREATE, "Communication", standings.of(patient), standings.at());
        if (decision instanceof Decision.Deny deny) {
            DenialLedger.note(request, deny, patient);
            throw Denials.exception(deny, "Patient/" + patient);
        }
    }

    /** The one that is named, or the only one, of those that will see message and Task. */
    private ClinicView clinic(Question question, AskRequest asked, Instant now) {
        List<ClinicView> seeing = clinics.of(question.patient(), now).stream()
                .filter(clinic ->
                        asked.clinic() == null || asked.clinic().toString().equals(clinic.organization()))
                .filter(clinic -> sees(clinic, question))
                .toList();
        if (seeing.isEmpty()) {
            throw Denials.problem(
                    RequestProblem.QUESTION_CLINIC,
                    asked.clinic() == null
                            ? "no clinic of the care team may see it"
                            : "the clinic is not in the care team, or may not see it");
        }
        if (seeing.size() > 1) {
            throw AskRequest.malformed("several clinics may see it: name one as clinic");
        }
        return seeing.get(0);
    }

    private static boolean sees(ClinicView clinic, Question question) {
        Task task = question.task(clinic.organization(), new RiskContext(List.of(), List.of(), List.of()));
        return clinic.shows(task) && clinic.shows(question.message(clinic.organization()));
    }

    private static Parameters answer(Questions.Asked stored) {
        Parameters answer = new Parameters()
                .addParameter(
                        "question",
                        new Reference("Communication/"
                                + stored.message().getIdElement().getIdPart()))
                .addParameter(
                        "task",
                        new Reference("Task/" + stored.task().getIdElement().getIdPart()))
                .addParameter(
                        "clinic",
                        new Reference(stored.message().getRecipientFirstRep().getReference()));
        WORDS.say("received").forEach(words -> answer.addParameter("notice", new StringType(words)));
        return answer;
    }
}
