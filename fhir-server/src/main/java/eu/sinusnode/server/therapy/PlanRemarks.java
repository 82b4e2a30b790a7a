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
 * request to the storage, and is in the version that is stored. It names the rule and no other record: who reads this one need
 * not be somebody who may know of the other.
 */
final class PlanRemarks {

    private static final String KEY = PlanRemarks.class.getName();
    private static final String AUTHOR = "SinusNode";

    private final Instant now;
    private final Map<String, List<Annotation>> updated = new HashMap<>();

    PlanRemarks(Instant now) {
        this.now = now;
    }

    /**
     * @param writes of one patient, at least one
     * @param findings of the same patient's plans
     */
    void add(List<RequestedWrite> writes, List<Finding> findings) {
        for (Finding finding : findings) {
            RequestedWrite write = noted(writes, finding);
            List<Annotation> notes = write.id() == null
                    ? created(write.resource())
                    : updated.computeIfAbsent(write.path(), none -> new ArrayList<>());
            String text = "Stored although it does not meet " + PlanIssues.rule(finding);
            if (notes.stream().noneMatch(note -> note.getText().equals(text))) {
                notes.add(new Annotation()
                        .setAuthor(new StringType(AUTHOR))
                        .setTime(Date.from(now))
                        .setText(text));
            }
        }
    }

    void keep(RequestDetails request) {
        request.getUserData().put(KEY, updated);
    }

    /** What the finding is about, or does not go with it; else a medicine, since all that is only told is about these. */
    private static RequestedWrite noted(List<RequestedWrite> writes, Finding finding) {
        return writes.stream()
                .filter(write -> isOf(write, finding.element()))
                .findFirst()
                .or(() -> writes.stream()
                        .filter(write -> isOf(write, finding.beside()))
                        .findFirst())
                .or(() -> writes.stream()
                        .filter(write -> write.resource() instanceof MedicationRequest)
                        .findFirst())
                .orElse(writes.get(0));
    }

    private static boolean isOf(RequestedWrite write, @Nullable String element) {
        String path = RecordsToBe.path(write);
        return element != null && (element.equals(path) || element.startsWith(path + "."));
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
            notes.forEach(note -> note(record, (Annotation) note));
        }
        Map<String, List<Annotation>> updated =
                (Map<String, List<Annotation>>) request.getUserData().getOrDefault(KEY, Map.of());
        updated.getOrDefault(record.fhirType() + "/" + record.getIdElement().getIdPart(), List.of())
                .forEach(note -> note(record, note));
    }

    private static void note(Resource record, Annotation note) {
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
