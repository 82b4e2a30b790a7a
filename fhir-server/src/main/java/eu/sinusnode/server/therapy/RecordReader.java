package eu.sinusnode.server.therapy;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.apply.FactReader;
import eu.sinusnode.therapy.apply.PatientRecord;
import eu.sinusnode.therapy.medicine.Prescription;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reads what a programme asks for of a patient, as the caller may read it. A type that is closed to the caller, or of which its
 * searches do not find all, is withheld.
 *
 * @param partlyFound types of which the caller's searches do not find all
 */
record RecordReader(OwnRequests requests, Set<String> partlyFound) {

    /** The types that are asked for. */
    static final Set<String> TYPES = Set.of(
            "AllergyIntolerance", "Condition", "Device", "MedicationRequest", "Observation", "QuestionnaireResponse");

    /** More of one measurement in its window than this says nothing more about the newest. */
    private static final int MOST = 100;

    /** Diagnoses, devices, prescriptions or allergies. */
    private static final int AT_ONCE = 500;

    /** @param patient as it was read */
    PatientRecord read(Patient patient, Instant now) {
        Set<String> withheld = new HashSet<>(partlyFound);
        String id = patient.getIdElement().getIdPart();
        return new PatientRecord(
                patient,
                all(Condition.class, "patient=" + id, withheld),
                observations(id, now, withheld),
                all(Device.class, "patient=" + id, withheld),
                list(
                        QuestionnaireResponse.class,
                        "patient=" + id + "&authored=ge" + day(now, FactReader.LONGEST_ANSWERS) + "&_count=" + MOST,
                        withheld),
                prescriptions(id, withheld),
                all(AllergyIntolerance.class, "patient=" + id, withheld),
                withheld);
    }

    /**
     * @param patient id
     * @param withheld gets the type if not all can be read
     */
    List<Prescription> prescriptions(String patient, Set<String> withheld) {
        return all(MedicationRequest.class, "patient=" + patient + "&status=active", withheld).stream()
                .map(new PrescriptionReader(requests)::of)
                .toList();
    }

    private List<Observation> observations(String patient, Instant now, Set<String> withheld) {
        List<Observation> found = new ArrayList<>();
        for (Map.Entry<String, Duration> each : FactReader.LONGEST.entrySet()) {
            found.addAll(list(
                    Observation.class,
                    "patient=" + patient + "&code=" + Codes.LOINC + "%7C" + each.getKey() + "&date=ge"
                            + day(now, each.getValue()) + "&_sort=-date&_count=" + MOST,
                    withheld));
        }
        return found;
    }

    /** Of what is more than can be read at once nobody can say that something is not in it: it counts as not read. */
    private <T extends Resource> List<T> all(Class<T> type, String query, Set<String> withheld) {
        OwnRequests.FirstPage<T> page = requests.firstPage(type, query + "&_count=" + AT_ONCE);
        if (!page.whole()) {
            withheld.add(type.getSimpleName());
        }
        return page.records();
    }

    private <T extends Resource> List<T> list(Class<T> type, String query, Set<String> withheld) {
        Optional<List<T>> found = requests.search(type, query);
        if (found.isEmpty()) {
            withheld.add(type.getSimpleName());
        }
        return found.orElse(List.of());
    }

    private static String day(Instant now, Duration before) {
        return now.minus(before).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
