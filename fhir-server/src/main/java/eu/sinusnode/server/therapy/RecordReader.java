package eu.sinusnode.server.therapy;

import eu.sinusnode.profiles.Codes;
import eu.sinusnode.therapy.apply.FactReader;
import eu.sinusnode.therapy.apply.PatientRecord;
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

/** Reads what a programme asks for of a patient, as the caller may read it. A type that is closed to the caller is withheld. */
record RecordReader(OwnRequests requests) {

    /** More of one measurement in its window than this says nothing more about the newest. */
    private static final int MOST = 100;

    /** @param patient as it was read */
    PatientRecord read(Patient patient, Instant now) {
        Set<String> withheld = new HashSet<>();
        String id = patient.getIdElement().getIdPart();
        return new PatientRecord(
                patient,
                list(Condition.class, "patient=" + id + "&_count=500", withheld),
                observations(id, now, withheld),
                list(Device.class, "patient=" + id + "&_count=500", withheld),
                list(
                        QuestionnaireResponse.class,
                        "patient=" + id + "&authored=ge" + day(now, FactReader.LONGEST_ANSWERS) + "&_count=" + MOST,
                        withheld),
                list(MedicationRequest.class, "patient=" + id + "&status=active&_count=500", withheld).stream()
                        .map(new PrescriptionReader(requests)::of)
                        .toList(),
                list(AllergyIntolerance.class, "patient=" + id + "&_count=500", withheld),
                withheld);
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
