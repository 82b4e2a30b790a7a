package eu.sinusnode.server.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Takes out of other Patients that they were linked with somebody who is erased, {@code seealso} or {@code refer}: the one
 * thing by which a record that stays can name another patient. Every version is changed where it is, since each of them
 * tells the id.
 */
class OtherPatients {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String NAMING = """
            SELECT v.pid FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id
            WHERE r.res_type = 'Patient' AND r.res_id NOT IN (SELECT e.res_id FROM erasing e)
                AND strpos(v.res_text_vc, ?) > 0
            """;

    private final RunningTransaction transaction;

    OtherPatients(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** The person's own rows are collected already. */
    void forget(Set<UUID> person) {
        for (UUID patient : person) {
            for (Long version : transaction.queryForList(NAMING, Long.class, patient.toString())) {
                String json = transaction.queryForObject(
                        "SELECT v.res_text_vc FROM public.hfj_res_ver v WHERE v.pid = ?", String.class, version);
                transaction.update(
                        "UPDATE public.hfj_res_ver SET res_text_vc = ? WHERE pid = ?",
                        without(String.valueOf(json), patient.toString()),
                        version);
            }
            transaction.update("DELETE FROM sinusnode.patient_link WHERE patient = ? OR other = ?", patient, patient);
        }
    }

    /** @param json a Patient as it is stored */
    static String without(String json, String patientId) {
        try {
            ObjectNode patient = (ObjectNode) JSON.readTree(json);
            if (patient.get("link") instanceof ArrayNode links) {
                List<JsonNode> kept = new ArrayList<>();
                for (Iterator<JsonNode> each = links.elements(); each.hasNext(); ) {
                    JsonNode link = each.next();
                    if (!link.at("/other/reference").asText().contains("Patient/" + patientId)) {
                        kept.add(link);
                    }
                }
                links.removeAll().addAll(kept);
                if (kept.isEmpty()) {
                    patient.remove("link");
                }
            }
            return JSON.writeValueAsString(patient);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored Patient is no JSON.");
        }
    }
}
