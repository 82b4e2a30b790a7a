package eu.sinusnode.server.therapy;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.policy.authorization.RequestedWrite;
import eu.sinusnode.therapy.check.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a change of a plan that holds, and stored all the same: a note of the record that is written. It goes with the
 * request to the storage, and is in the version that is stored.
 */
final class PlanRemarks {

    private static final String KEY = PlanRemarks.class.getName();
    private static final String AUTHOR = "SinusNode";

    private PlanRemarks() {}

    /** @param writes of which one at least is there when there are findings */
    static void keep(RequestDetails request, List<RequestedWrite> writes, List<Finding> findings, Instant now) {
        Map<String, List<Annotation>> updated = new HashMap<>();
        for (Finding finding : findings) {
            RequestedWrite write = writes.stream()
                    .filter(each -> finding.element().startsWith(RecordsToBe.path(each)))
                    .findFirst()
                    .or(() -> writes.stream()
                            .filter(each -> each.resource() instanceof MedicationRequest)
                            .findFirst())
                    .orElse(writes.get(0));
            String words = finding.element().startsWith(RecordsToBe.path(write))
                    ? finding.words()
                    : finding.element() + ": " + finding.words();
            Annotation note = new Annotation()
                    .setAuthor(new StringType(AUTHOR))
                    .setTime(Date.from(now))
                    .setText("Stored although " + words + ".");
            if (write.id() == null) {
                created(write.resource()).add(note);
            } else {
                updated.computeIfAbsent(write.path(), none -> new ArrayList<>()).add(note);
            }
        }
        request.getUserData().put(KEY, updated);
    }

    @SuppressWarnings("unchecked")
    private static List<Annotation> created(Resource record) {
        if (record.getUserData(KEY) == null) {
            record.setUserData(KEY, new ArrayList<Annotation>());
        }
        return (List<Annotation>) record.getUserData(KEY);
    }

    /** Called before a version is stored. */
    @SuppressWarnings("unchecked")
    static void write(@Nullable RequestDetails request, IBaseResource version) {
        if (request == null || !(version instanceof Resource record)) {
            return;
        }
        if (record.getUserData(KEY) instanceof List<?> notes) {
            notes.forEach(note -> add(record, (Annotation) note));
        }
        Map<String, List<Annotation>> updated =
                (Map<String, List<Annotation>>) request.getUserData().getOrDefault(KEY, Map.of());
        updated.getOrDefault(record.fhirType() + "/" + record.getIdElement().getIdPart(), List.of())
                .forEach(note -> add(record, note));
    }

    private static void add(Resource record, Annotation note) {
        if (record instanceof CarePlan plan) {
            plan.addNote(note);
        } else if (record instanceof Goal goal) {
            goal.addNote(note);
        } else if (record instanceof ServiceRequest service) {
            service.addNote(note);
        } else if (record instanceof MedicationRequest medicine) {
            medicine.addNote(note);
        }
    }
}
