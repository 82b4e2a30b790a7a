package eu.sinusnode.server.roundtrip;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.server.http.Records;
import eu.sinusnode.server.http.RunningServer;
import eu.sinusnode.server.http.WalkRecords;
import eu.sinusnode.server.projection.Consents;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * One record of each type, of one patient and of the directory, for what an example refers to: its own patient and
 * practitioner are not stored here. Nothing else of an example is changed.
 */
final class StandIns {

    static final String PATIENT = Records.id("round-trip");

    private static final Pattern LITERAL =
            Pattern.compile("(?:https?://.+/)?([A-Z][A-Za-z]+)/[A-Za-z0-9\\-.]{1,64}(/_history/.+)?");

    private final Map<String, String> ids = new LinkedHashMap<>();

    /** Stores them. */
    static StandIns load() {
        StandIns all = new StandIns();
        RunningServer.load(Records.household("round-trip"));
        RunningServer.load(Records.transaction(consent()));
        all.ids.put("Patient", PATIENT);
        all.ids.put("Practitioner", Records.PRACTITIONER);
        all.ids.put("Organization", Records.CLINIC);
        all.ids.put("Device", Records.id("round-trip-cuff"));
        all.ids.put("CareTeam", Records.id("round-trip-team"));
        Observation vital = Records.heartRate(PATIENT, Records.id("round-trip-cuff"), "round-trip-1");
        vital.setId(Records.id("round-trip-vital"));
        all.store(vital);
        all.store(Consents.coverage(
                PATIENT, Records.INSURER, new Period().setStartElement(new DateTimeType("2020-01-01"))));
        WalkRecords.of(PATIENT, RunningServer.BASE).values().forEach(all::store);
        all.store("Condition", """
                "clinicalStatus": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
                "code": {"text": "Hypertension"}, "subject": {"reference": "@patient"}""");
        all.store("CarePlan", """
                "status": "active", "intent": "plan", "title": "Walking", "subject": {"reference": "@patient"},
                "period": {"start": "2026-05-04"},
                "activity": [{"detail": {"status": "in-progress", "description": "Walk"}}]""");
        all.store("Goal", """
                "lifecycleStatus": "active", "description": {"text": "Walk"}, "subject": {"reference": "@patient"}""");
        all.store("DocumentReference", """
                "status": "current", "subject": {"reference": "@patient"},
                "content": [{"attachment": {"contentType": "text/plain", "title": "Letter"}}]""");
        all.store("RelatedPerson", """
                "active": true, "patient": {"reference": "@patient"}, "name": [{"family": "Brandt"}],
                "relationship": [{"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "DAUC"}]}],
                "period": {"start": "2020-01-01"}""");
        all.store("Binary", """
                "contentType": "text/plain", "data": "SGVsbG8=", "securityContext": {"reference": "@patient"}""");
        return all;
    }

    /** The example as it is sent: without its id, which the server gives, and with references to what is stored here. */
    ObjectNode sent(Example example) {
        ObjectNode content = example.content().deepCopy();
        content.remove("id");
        if (!example.type().equals("Bundle")) {
            replaceReferences(content);
        }
        return content;
    }

    private void replaceReferences(JsonNode node) {
        if (node instanceof ObjectNode object) {
            JsonNode reference = object.path("reference");
            if (reference.isTextual()) {
                standIn(reference.asText()).ifPresent(id -> object.set("reference", new TextNode(id)));
            }
        }
        node.forEach(this::replaceReferences);
    }

    private Optional<String> standIn(String literal) {
        Matcher form = LITERAL.matcher(literal);
        return form.matches() && ids.containsKey(form.group(1))
                ? Optional.of(
                        form.group(1) + "/" + ids.get(form.group(1)) + (form.group(2) == null ? "" : "/_history/1"))
                : Optional.empty();
    }

    private void store(String type, String body) {
        Resource record = (Resource) FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(
                        "{\"resourceType\": \"" + type + "\", " + body.replace("@patient", "Patient/" + PATIENT) + "}");
        record.setId(Records.id("round-trip " + type));
        store(record);
    }

    private void store(Resource record) {
        if (!record.hasId()) {
            record.setId(Records.id("round-trip " + record.fhirType()));
        }
        ids.put(record.fhirType(), record.getIdElement().getIdPart());
        RunningServer.load(Records.transaction(record));
    }

    /** Permits the clinic everything. */
    private static Consent consent() {
        Consent consent = Consents.denying(PATIENT);
        consent.setId(Records.id("round-trip-consent"));
        consent.addCategory(new CodeableConcept(new Coding("http://loinc.org", "59284-0", null)));
        consent.setDateTimeElement(new DateTimeType("2026-01-05T09:00:00+01:00"));
        consent.addPerformer(new Reference("Patient/" + PATIENT));
        consent.addOrganization(new Reference("Organization/" + Records.CLINIC));
        consent.addPolicy().setUri("https://sinusnode.eu/policy/consent/1");
        Consents.permit(consent, Records.CLINIC, Purpose.TREAT);
        return consent;
    }
}
