package eu.sinusnode.launcher.registration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.http.Answer;
import eu.sinusnode.launcher.http.FhirEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The resources that stand behind a registration, written by the loader, who alone may choose an id. */
final class FhirRecords {

    private final FhirEndpoint loader;

    FhirRecords(FhirEndpoint loader) {
        this.loader = loader;
    }

    /** The same id for the same name, so that a command that is given again changes nothing. */
    static String idOf(String type, String name) {
        return UUID.nameUUIDFromBytes(("sinusnode/" + type + "/" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /**
     * @param kind code of HL7's organization-type: {@code prov} or {@code pay}
     * @return its id
     */
    String organization(String clientId, String title, String country, String kind) {
        ObjectNode organization =
                resource("Organization", idOf("Organization", clientId)).put("active", true);
        organization
                .putArray("type")
                .addObject()
                .putArray("coding")
                .addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/organization-type")
                .put("code", kind);
        organization.put("name", title).putArray("address").addObject().put("country", country);
        return put(organization);
    }

    /** @return its id */
    String practitioner(String username, String name) {
        ObjectNode practitioner =
                resource("Practitioner", idOf("Practitioner", username)).put("active", true);
        practitioner.putArray("name").addObject().put("text", name);
        return put(practitioner);
    }

    /**
     * @param relationship code of HL7's v3-RoleCode, such as {@code HPOWATT} (power of attorney for health care)
     * @param until the last day on which the person represents the patient; null without an end
     * @return its id
     */
    String relatedPerson(
            String id, String name, String relationship, String patient, LocalDate from, @Nullable LocalDate until) {
        ObjectNode related = resource("RelatedPerson", id).put("active", true);
        related.putObject("patient").put("reference", "Patient/" + patient);
        related.putArray("relationship")
                .addObject()
                .putArray("coding")
                .addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/v3-RoleCode")
                .put("code", relationship);
        related.putArray("name").addObject().put("text", name);
        ObjectNode period = related.putObject("period").put("start", from.toString());
        if (until != null) {
            period.put("end", until.toString());
        }
        return put(related);
    }

    /**
     * A blood pressure cuff whose readings come through a gateway.
     *
     * @param owner id of the gateway's Organization
     */
    String device(String id, String patient, String owner) {
        ObjectNode device = resource("Device", id).put("status", "active");
        device.putObject("type")
                .putArray("coding")
                .addObject()
                .put("system", "https://sinusnode.eu/fhir/CodeSystem/measuring-device-kind")
                .put("code", "cuff");
        device.putObject("patient").put("reference", "Patient/" + patient);
        device.putObject("owner").put("reference", "Organization/" + owner);
        return put(device);
    }

    private static ObjectNode resource(String type, String id) {
        return JsonNodeFactory.instance.objectNode().put("resourceType", type).put("id", id);
    }

    private String put(ObjectNode resource) {
        String type = resource.path("resourceType").asText();
        String id = resource.path("id").asText();
        Answer answer = loader.put(type + "/" + id, resource.toString().getBytes(StandardCharsets.UTF_8));
        if (!answer.isOk()) {
            throw new Trouble(
                    "The FHIR server refused the " + type + " with " + answer.status() + ": " + answer.diagnostics(),
                    "Nothing was registered.");
        }
        return id;
    }
}
