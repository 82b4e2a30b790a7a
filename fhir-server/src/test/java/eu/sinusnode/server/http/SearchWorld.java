package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Patients of one clinic, and the searches of its clinician. Records have short names. */
final class SearchWorld {

    private final String prefix;
    private final Map<String, String> names = new TreeMap<>();

    SearchWorld(String prefix) {
        this.prefix = prefix;
    }

    /** The id of a record, or of one that does not exist. */
    String id(String name) {
        String id = Records.id(prefix + "-" + name);
        names.put(id, name);
        return id;
    }

    String clinicId() {
        return id("clinic");
    }

    String clinician() {
        return RunningServer.TOKENS.clinician(clinicId());
    }

    void clinic() {
        RunningServer.load(Records.transaction(Records.organization(clinicId(), prefix + " clinic")));
    }

    void person(String name, String family, String born, boolean permits) {
        Patient patient = Records.patient(id(name));
        patient.getNameFirstRep().setFamily(family);
        patient.getBirthDateElement().setValueAsString(born);
        Device cuff = Records.cuff(id("cuff-" + name), id(name));
        RunningServer.load(
                Records.transaction(patient, cuff, Records.careTeam(id("team-" + name), id(name), clinicId())));
        if (permits) {
            Consent consent = WalkWorld.consent(id("consent-" + name), id(name));
            Consents.permit(consent, clinicId(), Purpose.TREAT);
            RunningServer.load(Records.transaction(consent));
        }
    }

    Observation heartRate(String patient, String name, int beats, String at) {
        Observation vital = Records.heartRate(id(patient), id("cuff-" + patient), name);
        vital.setId(id(name));
        vital.getValueQuantity().setValue(beats);
        vital.setEffective(new DateTimeType(at));
        return vital;
    }

    Observation pressure(String patient, String name, int systolic, int diastolic) {
        Observation pressure = heartRate(patient, name, 0, "2026-06-01T08:00:00Z");
        pressure.setValue(null);
        pressure.getCode().getCodingFirstRep().setCode(Codes.BLOOD_PRESSURE_PANEL);
        component(pressure, Codes.SYSTOLIC, systolic);
        component(pressure, Codes.DIASTOLIC, diastolic);
        return pressure;
    }

    private static void component(Observation pressure, String code, int value) {
        Observation.ObservationComponentComponent component = pressure.addComponent();
        component.getCode().addCoding().setSystem(Codes.LOINC).setCode(code);
        component.setValue(new Quantity()
                .setValue(BigDecimal.valueOf(value))
                .setUnit("mmHg")
                .setSystem(Codes.UCUM)
                .setCode("mm[Hg]"));
    }

    /** @param asked not encoded; names of patients in capitals stand for their ids */
    Answer search(String asked) {
        String search =
                asked.replace("MIA", id("mia")).replace("NOAH", id("noah")).replace("OLAF", id("olaf"));
        Answer answer = RunningServer.get("/" + encoded(search), clinician());
        assertThat(answer.status()).as(search + " " + answer.body()).isEqualTo(200);
        return answer;
    }

    static String encoded(String search) {
        List<String> parts = new ArrayList<>();
        int mark = search.indexOf('?');
        for (String part : search.substring(mark + 1).split("&")) {
            int equals = part.indexOf('=');
            parts.add(part.substring(0, equals + 1)
                    + URLEncoder.encode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return search.substring(0, mark + 1) + String.join("&", parts);
    }

    List<String> names(Bundle bundle) {
        return bundle.getEntry().stream()
                .map(entry -> entry.getResource().getIdElement().getIdPart())
                .map(id -> names.getOrDefault(id, id))
                .toList();
    }

    /** @param found names with blanks between them; null for none */
    void assertFound(String asked, @Nullable String found) {
        assertThat(names(search(asked).bundle()))
                .as(asked)
                .containsExactlyInAnyOrder(found == null ? new String[0] : found.split(" "));
    }
}
