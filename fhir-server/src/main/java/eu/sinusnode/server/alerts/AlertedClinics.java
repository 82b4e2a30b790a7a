package eu.sinusnode.server.alerts;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.audit.AuditOutcome;
import eu.sinusnode.policy.audit.AuditTrail;
import eu.sinusnode.policy.audit.AuditedCaller;
import eu.sinusnode.policy.audit.AuditedInteraction;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.audit.RequestFacts;
import eu.sinusnode.server.careteam.CareTeamClinics;
import eu.sinusnode.server.careteam.ClinicView;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.therapy.alert.AskingPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Task;

/**
 * Gives each clinic that treats by a plan its Task, in the running transaction, if the Consents show the clinic the answers and
 * the Task for treatment, now. If no clinic can be told, that leaves a trace.
 */
final class AlertedClinics {

    /** What it is called in the audit. */
    static final String NAME = "therapy-alert";

    private final AskingPlans plans;
    private final CareTeamClinics clinics;
    private final StoredRecords records;
    private final IFhirResourceDao<Task> tasks;
    private final AuditTrail audit;
    private final UntoldAlerts untold;

    AlertedClinics(
            AskingPlans plans,
            CareTeamClinics clinics,
            StoredRecords records,
            DaoRegistry daos,
            AuditTrail audit,
            UntoldAlerts untold) {
        this.plans = plans;
        this.clinics = clinics;
        this.records = records;
        this.tasks = daos.getResourceDao(Task.class);
        this.audit = audit;
        this.untold = untold;
    }

    void alert(AlertTasks alert) {
        List<AskingPlan> asking = plans.of(alert.patient(), alert.answers());
        if (asking.isEmpty()) {
            return;
        }
        List<ClinicView> linked = clinics.of(alert.patient(), alert.now());
        List<String> seeing = ids(linked.stream().filter(clinic -> sees(clinic, alert)));
        Map<String, List<AskingPlan>> byClinic = new LinkedHashMap<>();
        for (AskingPlan plan : asking) {
            treating(plan, seeing).ifPresent(clinic -> byClinic.computeIfAbsent(clinic, none -> new ArrayList<>())
                    .add(plan));
        }
        byClinic.forEach((clinic, its) -> store(alert.of(clinic, its), alert));
        if (byClinic.isEmpty()) {
            List<String> all = ids(linked.stream());
            untold.record(
                    alert, asking.stream().anyMatch(plan -> treating(plan, all).isPresent()));
        }
    }

    private static List<String> ids(Stream<ClinicView> clinics) {
        return clinics.map(ClinicView::organization).toList();
    }

    private static boolean sees(ClinicView clinic, AlertTasks alert) {
        Task task = alert.of(clinic.organization(), List.of());
        return clinic.shows(alert.answers()) && clinic.shows(task);
    }

    /** The first clinic that the plan names, and no other; of a plan that names none, the one that has been there longest. */
    private static Optional<String> treating(AskingPlan plan, List<String> clinics) {
        return plan.plan().getContributor().stream()
                .flatMap(contributor -> ResourceIds.referenced(contributor, "Organization").stream())
                .findFirst()
                .map(named -> Optional.of(named).filter(clinics::contains))
                .orElseGet(() -> clinics.stream().findFirst());
    }

    /** What was told of this version is not told again, whatever has become of it. */
    private void store(Task task, AlertTasks alert) {
        String id = task.getIdElement().getIdPart();
        if (records.current("Task", id).isPresent()) {
            return;
        }
        IIdType stored = tasks.update(task, new SystemRequestDetails()).getId();
        audit.recordOnce(
                UUID.fromString(id),
                new RequestFacts(UUID.randomUUID().toString(), AuditedInteraction.CREATE, NAME, "Task", id, null),
                AuditedCaller.server(),
                new AuditOutcome.Granted("answer meets a rule of the therapy plan: addressed to "
                        + task.getOwner().getReference()),
                List.of(new AuditedRecord(alert.patient().toString(), "Task", id, stored.getVersionIdPart())));
    }
}
