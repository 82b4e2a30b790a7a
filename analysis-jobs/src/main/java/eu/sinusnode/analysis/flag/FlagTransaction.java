package eu.sinusnode.analysis.flag;

import eu.sinusnode.analysis.calendar.WorkingDays;
import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.risk.Finding;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/** All that is written for one patient: stored together or not at all. */
final class FlagTransaction {

    private final Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    private final Instant now;
    private final WorkingDays workingDays;

    FlagTransaction(Instant now, WorkingDays workingDays) {
        this.now = now;
        this.workingDays = workingDays;
    }

    Bundle bundle() {
        return bundle;
    }

    /** @return the reference by which the other entries of the transaction name it */
    String create(Resource resource, String key) {
        String fullUrl = "urn:uuid:" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        bundle.addEntry()
                .setFullUrl(fullUrl)
                .setResource(resource)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(resource.fhirType());
        return fullUrl;
    }

    /**
     * A new version, refused by the server when the stored one is no longer {@code stored}.
     *
     * @return the reference to the version that this makes
     */
    String update(Resource resource, Resource stored) {
        IdType id = stored.getIdElement().toUnqualified();
        resource.setId(id.toVersionless());
        bundle.addEntry()
                .setResource(resource)
                .setFullUrl(id.toVersionless().getValue())
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(id.toVersionless().getValue())
                .setIfMatch("W/\"" + id.getVersionIdPart() + "\"");
        return id.withVersion(String.valueOf(id.getVersionIdPartAsLong() + 1)).getValue();
    }

    /** @param flag as {@link #create} or {@link #update} named it */
    void provenance(String flag, Finding finding, ReplayManifest replay, String device, String patient, String risk) {
        Provenance provenance = new Provenance();
        provenance.addTarget(new Reference(flag));
        provenance.setRecorded(Date.from(now));
        provenance
                .getActivity()
                .addCoding()
                .setSystem("http://terminology.hl7.org/CodeSystem/v3-DataOperation")
                .setCode("CREATE");
        provenance.addAgent().setWho(new Reference(device));
        finding.telling().forEach(input -> provenance
                .addEntity()
                .setRole(ProvenanceEntityRole.SOURCE)
                .setWhat(new Reference(input)));
        InputManifest manifest = InputManifest.of(finding.inputs());
        Reference all = new Reference().setDisplay("Manifest of all %d inputs".formatted(manifest.size()));
        all.getIdentifier().setSystem(FlagIdentifiers.INPUT_MANIFEST).setValue(manifest.sha256());
        provenance.addEntity().setRole(ProvenanceEntityRole.SOURCE).setWhat(all);
        provenance.addEntity(ManifestEntity.of(replay));
        create(provenance, "provenance|" + risk + "|" + patient);
    }

    void signOff(String flag, Finding finding, String device, String patient, String risk) {
        Task task = new Task();
        task.setStatus(Task.TaskStatus.REQUESTED);
        task.setIntent(Task.TaskIntent.ORDER);
        SignOffDeadline deadline = SignOffDeadline.of(risk, finding.decideWithin(), now, workingDays);
        task.setPriority(deadline.priority());
        task.getCode().addCoding().setSystem(Canonicals.TASK_CODES).setCode(Codes.SIGN_OFF);
        task.setFocus(new Reference(flag));
        task.setFor(new Reference("Patient/" + patient));
        task.setAuthoredOn(Date.from(now));
        task.setRequester(new Reference(device));
        task.getRestriction().getPeriod().setStart(Date.from(now)).setEnd(Date.from(deadline.due()));
        create(task, "task|" + risk + "|" + patient);
    }

    void cancel(Observation stored, String reason) {
        update(FlagComposer.cancelled(stored, reason, now), stored);
    }

    void cancel(Task stored, String reason) {
        Task cancelled = stored.copy();
        cancelled.setMeta(null);
        cancelled.setStatus(Task.TaskStatus.CANCELLED);
        cancelled.getStatusReason().setText("The flag is no longer met. " + reason);
        update(cancelled, stored);
    }
}
