package eu.sinusnode.server.attack;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkRecords;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/** One record of a hidden patient of each type that {@link HiddenPatients} has none of, with the secret's identifier. */
final class FurtherRecords {

    /** What a record of theirs is called in a template, and what it stands for. */
    static final List<String> TYPES = WalkRecords.of("x", "x").keySet().stream()
            .filter(FurtherRecords::isOfPatients)
            .sorted()
            .toList();

    private FurtherRecords() {}

    static boolean has(String type) {
        return TYPES.contains(type);
    }

    static String placeholder(String type) {
        return "further" + type;
    }

    static String id(Secret secret, String type) {
        return WalkRecords.id(HiddenPatients.id(secret, "patient"), type);
    }

    /** What the patient's records name of the directory; everybody may see it. */
    static List<Resource> directory(Secret secret) {
        return records(secret).entrySet().stream()
                .filter(record -> !isOfPatients(record.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    static List<Resource> ofPatient(Secret secret) {
        return records(secret).entrySet().stream()
                .filter(record -> isOfPatients(record.getKey()))
                .map(record -> identified(record.getValue(), secret))
                .toList();
    }

    private static Map<String, Resource> records(Secret secret) {
        return WalkRecords.of(HiddenPatients.id(secret, "patient"), RunningServer.BASE);
    }

    private static boolean isOfPatients(String type) {
        return AccessMatrix.standard().searchParameters(type).contains("patient");
    }

    private static Resource identified(Resource record, Secret secret) {
        if (AccessMatrix.standard().searchParameters(record.fhirType()).contains("identifier")) {
            var terser = FhirContext.forR4Cached().newTerser();
            terser.setElement(record, "identifier.system", Canonicals.VITAL_IDENTIFIER);
            terser.setElement(record, "identifier.value", secret.vitalId());
        }
        return record;
    }
}
