package eu.sinusnode.keycloak.picker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.sinusnode.keycloak.launch.LaunchToken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Patients out of what the FHIR server answers. */
final class PatientJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PatientJson() {}

    /** The matches of a searchset Bundle. */
    static PatientList list(String body) throws PatientsUnavailableException {
        JsonNode bundle = parse(body);
        if (!"Bundle".equals(bundle.path("resourceType").asText())) {
            throw new PatientsUnavailableException("The FHIR server answered a search without a Bundle.", null);
        }
        List<ListedPatient> patients = new ArrayList<>();
        for (JsonNode entry : bundle.path("entry")) {
            if ("match".equals(entry.path("search").path("mode").asText("match"))) {
                patient(entry.path("resource")).ifPresent(patients::add);
            }
        }
        patients.sort(Comparator.comparing(ListedPatient::name, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(ListedPatient::birthDate)
                .thenComparing(ListedPatient::id));
        boolean more = false;
        for (JsonNode link : bundle.path("link")) {
            more |= "next".equals(link.path("relation").asText());
        }
        return new PatientList(patients, more);
    }

    /** Empty when the body is not this Patient. */
    static Optional<ListedPatient> one(String body, String id) throws PatientsUnavailableException {
        return patient(parse(body)).filter(patient -> patient.id().equals(id));
    }

    private static Optional<ListedPatient> patient(JsonNode resource) {
        String id = resource.path("id").asText("");
        if (!"Patient".equals(resource.path("resourceType").asText()) || !LaunchToken.isFhirId(id)) {
            return Optional.empty();
        }
        return Optional.of(new ListedPatient(
                id,
                name(resource.path("name").path(0)),
                resource.path("birthDate").asText("")));
    }

    private static String name(JsonNode name) {
        if (name.hasNonNull("text")) {
            return name.path("text").asText();
        }
        List<String> parts = new ArrayList<>();
        name.path("given").forEach(given -> parts.add(given.asText()));
        parts.add(name.path("family").asText(""));
        return String.join(" ", parts).strip();
    }

    private static JsonNode parse(String body) throws PatientsUnavailableException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            // Without the cause: its message quotes the body.
            throw new PatientsUnavailableException("The FHIR server's answer is no JSON.", null);
        }
    }
}
