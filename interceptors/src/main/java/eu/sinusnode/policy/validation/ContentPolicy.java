package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Interaction;
import eu.sinusnode.policy.consent.ConsentPolicy;
import eu.sinusnode.policy.labelling.StatedLabels;
import eu.sinusnode.policy.narrowing.Contained;
import eu.sinusnode.policy.narrowing.RecordLabels;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.profiles.ImposedProfiles;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * What each kind of caller may state. Risk flags come from the analysis job alone, unsigned; a clinician signs them and
 * changes nothing of what they say, and makes Tasks of therapy plans alone; a patient states own vitals and own Consents,
 * and answers reminders.
 */
public final class ContentPolicy {

    private static final Set<ObservationStatus> VERDICTS = Set.of(
            ObservationStatus.FINAL,
            ObservationStatus.AMENDED,
            ObservationStatus.CORRECTED,
            ObservationStatus.ENTEREDINERROR);

    /** They are held to records that are registered; a contained one would be of their own making. */
    private static final Set<CallerKind> MACHINES = Set.of(CallerKind.DEVICE_GATEWAY, CallerKind.ANALYSIS_JOB);

    /** What the job makes of its own undecided flag: raised, or cancelled when the condition is no longer met. */
    private static final Set<ObservationStatus> UNDECIDED =
            Set.of(ObservationStatus.PRELIMINARY, ObservationStatus.CANCELLED);

    /** @param stored what an update replaces; empty for a new record */
    public Decision decide(Caller caller, Interaction interaction, Resource resource, Optional<Resource> stored) {
        Optional<String> label = StatedLabels.fault(caller.kind(), resource, RecordLabels.areOn(resource.fhirType()));
        if (label.isPresent()) {
            return deny(label.get());
        }
        if (resource.getMeta().getTag().stream().anyMatch(tag -> "SUBSETTED".equals(tag.getCode()))) {
            return deny("the resource is a part of a record (SUBSETTED); to store it would lose the rest");
        }
        Optional<String> contained = Contained.fault(resource);
        if (contained.isPresent()) {
            return deny(contained.get());
        }
        if (!Contained.of(resource).isEmpty() && (MACHINES.contains(caller.kind()) || isFlag(resource))) {
            return deny("what a device or an analysis writes contains nothing: it refers to what is stored");
        }
        if (resource instanceof Subscription) {
            return permit();
        }
        Decision flag = decideFlag(caller, resource, stored);
        if (flag instanceof Decision.Deny) {
            return flag;
        }
        if (caller.kind() != CallerKind.ADMINISTRATOR
                && (ImposedProfiles.isAdherence(resource)
                        || stored.filter(ImposedProfiles::isAdherence).isPresent())) {
            return deny("how much of a therapy plan was kept is computed by the server alone");
        }
        return switch (caller.kind()) {
            case PATIENT, REPRESENTATIVE -> ofPatient(caller, resource, stored);
            case DEVICE_GATEWAY -> ofGateway(resource);
            case ANALYSIS_JOB -> ofJob(interaction, resource, stored);
            case CLINICIAN, CLINIC_SYSTEM -> ofClinic(resource, stored);
            case ADMINISTRATOR -> permit();
            case CONSENT_RECORDER -> ofRecorder(resource, stored);
            case INSURER, RESEARCHER, AUDITOR -> deny("a " + caller.kind().claim() + " writes nothing");
        };
    }

    /** Whether an Observation is one of the analysis job's, by its category or by its code. */
    static boolean isFlag(Resource resource) {
        return resource instanceof Observation observation
                && (hasCategory(observation, Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG)
                        || ConsentPolicy.FLAG_CODES.stream()
                                .anyMatch(code -> has(observation.getCode(), code.system(), code.code())));
    }

    private static Decision decideFlag(Caller caller, Resource resource, Optional<Resource> stored) {
        boolean wasFlag = stored.filter(ContentPolicy::isFlag).isPresent();
        boolean isFlag = isFlag(resource);
        if (!isFlag && !wasFlag) {
            return permit();
        }
        if (stored.isPresent() && isFlag != wasFlag) {
            return deny("an Observation cannot become a risk flag or cease to be one");
        }
        return switch (caller.kind()) {
            case ANALYSIS_JOB -> flagOfJob((Observation) resource, stored);
            case CLINICIAN ->
                stored.isEmpty()
                        ? deny("a risk flag is created by the analysis job alone")
                        : verdict((Observation) resource, (Observation) stored.get());
            default -> deny("a risk flag is created by the analysis job alone and signed by a clinician");
        };
    }

    private static Decision flagOfJob(Observation flag, Optional<Resource> stored) {
        if (stored.isEmpty() && flag.getStatus() != ObservationStatus.PRELIMINARY) {
            return deny("the analysis job raises risk flags as preliminary; a clinician decides");
        }
        if (flag.getStatus() == null || !UNDECIDED.contains(flag.getStatus())) {
            return deny("the analysis job leaves a risk flag preliminary or cancels it; a clinician decides");
        }
        boolean decided = stored.filter(was -> !UNDECIDED.contains(((Observation) was).getStatus()))
                .isPresent();
        return decided ? deny("a risk flag that a clinician has decided on is not written over") : permit();
    }

    /** A clinician decides on a flag by its status and may add to its note; what it says of the patient stays. */
    private static Decision verdict(Observation flag, Observation was) {
        ObservationStatus status = flag.getStatus();
        if (status == null || !VERDICTS.contains(status)) {
            return deny("a clinician's decision on a risk flag is final, amended, corrected or entered-in-error");
        }
        if (status == ObservationStatus.ENTEREDINERROR
                && was.getStatus() != status
                && flag.getNote().size() <= was.getNote().size()) {
            return deny("a risk flag is overridden with a reason, as a further note");
        }
        boolean same = same(flag.getCode(), was.getCode())
                && sameAll(flag.getCategory(), was.getCategory())
                && sameAll(flag.getIdentifier(), was.getIdentifier())
                && same(flag.getValue(), was.getValue())
                && sameAll(flag.getComponent(), was.getComponent())
                && same(flag.getMethod(), was.getMethod())
                && sameAll(flag.getDerivedFrom(), was.getDerivedFrom());
        return same ? permit() : deny("a clinician's decision leaves what the risk flag says as it is");
    }

    private static Decision ofPatient(Caller caller, Resource resource, Optional<Resource> stored) {
        String self = caller.kind() == CallerKind.PATIENT
                ? "Patient/" + caller.patientId()
                : String.valueOf(caller.fhirUser());
        if (resource instanceof Observation observation) {
            if (!isVital(observation)) {
                return deny("a " + caller.kind().claim() + " writes Observations of category vital-signs only");
            }
            return allAre(observation.getPerformer(), self)
                    ? permit()
                    : deny("the performer of a " + caller.kind().claim() + "'s own Observation is the writer");
        }
        if (resource instanceof Consent consent) {
            return consent.hasPerformer() && (allAre(consent.getPerformer(), self) || ends(consent, stored))
                    ? permit()
                    : deny("the performer of a Consent is who gives it: the writer");
        }
        if (resource instanceof Task) {
            return ReminderAnswer.fault(resource, stored)
                    .map(ContentPolicy::deny)
                    .orElseGet(ContentPolicy::permit);
        }
        Optional<List<Reference>> tellers = OwnWords.tellers(resource);
        if (tellers.isEmpty()) {
            return deny("a patient writes own vitals, own Consents and what only a patient can tell");
        }
        return !tellers.get().isEmpty() && allAre(tellers.get(), self)
                ? permit()
                : deny("who tells what a " + caller.kind().claim() + " writes is the writer");
    }

    /** Who ends what somebody else gave does not say to have given it. */
    private static boolean ends(Consent consent, Optional<Resource> stored) {
        return consent.getStatus() != ConsentState.ACTIVE
                && stored.filter(Consent.class::isInstance)
                        .map(Consent.class::cast)
                        .filter(was -> sameAll(consent.getPerformer(), was.getPerformer()))
                        .isPresent();
    }

    /** What is recorded anew has rules of its own, {@link RecordedConsents}. */
    private static Decision ofRecorder(Resource resource, Optional<Resource> stored) {
        if (!(resource instanceof Consent)) {
            return deny("a consent recorder writes Consents only");
        }
        return stored.isEmpty() || RecordedConsents.ends(resource, stored)
                ? permit()
                : deny(
                        "a consent recorder ends what it has recorded and what denies nothing, and changes nothing else of it");
    }

    /** What a device measured: a vital sign, and which Device it was. */
    private static Decision ofGateway(Resource resource) {
        if (!(resource instanceof Observation observation) || !isVital(observation)) {
            return deny("a device gateway writes Observations of category vital-signs only");
        }
        return observation.hasDevice() ? permit() : deny("a device gateway names the Device that measured");
    }

    static boolean isVital(Observation observation) {
        return observation.hasCategory()
                && observation.getCategory().stream()
                        .allMatch(category -> has(category, Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS));
    }

    private static Decision ofJob(Interaction interaction, Resource resource, Optional<Resource> stored) {
        if (resource instanceof Observation observation) {
            boolean flagOnly = hasCategory(observation, Canonicals.OBSERVATION_CATEGORIES, Codes.RISK_FLAG)
                    && !hasCategory(observation, Codes.OBSERVATION_CATEGORY, Codes.VITAL_SIGNS);
            return flagOnly ? permit() : deny("the analysis job writes Observations of category risk-flag only");
        }
        if (resource instanceof Task task) {
            if (isReplay(task) || stored.filter(ContentPolicy::isReplay).isPresent()) {
                return replayed(task, stored);
            }
            boolean signOff = has(task.getCode(), Canonicals.TASK_CODES, Codes.SIGN_OFF)
                    && (interaction == Interaction.UPDATE || task.getStatus() == TaskStatus.REQUESTED);
            return signOff ? permit() : deny("the analysis job asks for sign-off only, as a requested Task");
        }
        if (resource instanceof Device device) {
            return device.hasPatient() ? deny("the analysis job writes its own algorithm's Device only") : permit();
        }
        if (resource instanceof Provenance provenance && ImposedProfiles.isMerge(provenance)) {
            return deny("who merged two Patients is recorded by Patient/$merge");
        }
        return permit();
    }

    /** A Task by which the server asks the job to compute a flag again. */
    private static boolean isReplay(Resource resource) {
        return resource instanceof Task task && has(task.getCode(), Canonicals.TASK_CODES, Codes.RISK_REPLAY);
    }

    /** The job says once what came out, of the flag that was asked about. */
    private static Decision replayed(Task task, Optional<Resource> stored) {
        if (stored.isEmpty() || !(stored.get() instanceof Task was) || was.getStatus() != TaskStatus.REQUESTED) {
            return deny("the analysis job answers a replay that the server has asked for, once");
        }
        boolean same = isReplay(was)
                && same(task.getCode(), was.getCode())
                && same(task.getFocus(), was.getFocus())
                && same(task.getFor(), was.getFor())
                && sameAll(task.getIdentifier(), was.getIdentifier())
                && task.getStatus() == TaskStatus.COMPLETED
                && task.hasOutput();
        return same
                ? permit()
                : deny("the analysis job answers a replay as completed, with an output, and leaves the rest");
    }

    private static Decision ofClinic(Resource resource, Optional<Resource> stored) {
        if (isReplay(resource) || stored.filter(ContentPolicy::isReplay).isPresent()) {
            return deny("a replay is asked for by $risk-replay and answered by the analysis job alone");
        }
        if (resource instanceof Device device && !device.hasPatient()) {
            return deny("a clinic's Device belongs to a patient");
        }
        if (resource instanceof Task task
                && isOfPlan(task) != stored.map(ContentPolicy::isOfPlan).orElse(true)) {
            return deny("a clinician creates Tasks of therapy plans alone, and a Task stays of its kind");
        }
        if (ImposedProfiles.isQuestion(resource)
                != stored.filter(ImposedProfiles::isQuestion).isPresent()) {
            return deny("a patient's question is asked by $ask alone, and a Task stays of its kind");
        }
        if (resource instanceof MetadataResource definition
                && String.valueOf(definition.getUrl()).startsWith(Canonicals.BASE + "/")
                && !(definition instanceof Questionnaire)) {
            return deny("the programmes of " + Canonicals.BASE + " come with the server; a clinic's have its own url");
        }
        return permit();
    }

    private static boolean isOfPlan(Resource resource) {
        return resource instanceof Task task && ImposedProfiles.isOfTherapyPlan(task.getCode());
    }

    private static boolean allAre(List<Reference> references, String expected) {
        return references.stream().allMatch(reference -> expected.equals(reference.getReference()));
    }

    private static boolean hasCategory(Observation observation, String system, String code) {
        return observation.getCategory().stream().anyMatch(category -> has(category, system, code));
    }

    private static boolean has(CodeableConcept concept, String system, String code) {
        return concept.getCoding().stream()
                .anyMatch(coding -> system.equals(coding.getSystem()) && code.equals(coding.getCode()));
    }

    private static boolean same(@Nullable Base some, @Nullable Base other) {
        return Base.compareDeep(some, other, true);
    }

    private static boolean sameAll(List<? extends Base> some, List<? extends Base> other) {
        return Base.compareDeep(some, other, true);
    }

    private static Decision permit() {
        return Decision.Permit.of("content", "the caller's role may state it");
    }

    private static Decision deny(String reason) {
        return new Decision.Deny(DenialCode.CONTENT, reason);
    }
}
