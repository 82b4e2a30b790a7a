package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.sampledata.clinical.Diagnosis;
import eu.sinusnode.sampledata.people.Clinician;
import eu.sinusnode.sampledata.people.Institution;
import eu.sinusnode.sampledata.people.Institutions;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** The cohort's {@code directory.json}: who is in it that logins and clients have to be made for. */
public final class CohortDirectory {

    private CohortDirectory() {}

    /**
     * @param facts about the cohort as a whole, in the order to write them
     * @param personas the first ten patients
     */
    public static byte[] json(
            long seed, String end, Map<String, Long> facts, Institutions institutions, List<Subject> personas) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Json json = new Json(bytes)) {
            json.object().number("seed", seed).text("end", end);
            facts.forEach(json::number);
            json.array("organizations");
            for (Institution institution : institutions.all()) {
                json.object()
                        .text("id", institution.id())
                        .text("name", institution.name())
                        .text("kind", institution.kind())
                        .text("country", institution.country())
                        .end();
            }
            json.endArray().array("practitioners");
            for (int clinic = 0; clinic < institutions.clinics().size(); clinic++) {
                for (Clinician clinician : institutions.clinicians(clinic)) {
                    json.object()
                            .text("id", clinician.id())
                            .text("organization", clinician.organization())
                            .text("name", clinician.name())
                            .end();
                }
            }
            json.endArray().array("personas");
            personas.forEach(persona -> persona(json, persona));
            json.endArray().end();
        }
        return bytes.toByteArray();
    }

    private static void persona(Json json, Subject persona) {
        json.object()
                .text("id", persona.id())
                .text("name", persona.person().name())
                .text("consent", persona.picture().consent().summary())
                .array("conditions");
        for (Diagnosis diagnosis : persona.picture().diagnoses()) {
            json.text(diagnosis.code() + " " + diagnosis.text());
        }
        json.endArray()
                .text("clinic", persona.clinic().id())
                .text("insurer", persona.insurer().id())
                .end();
    }
}
