package eu.sinusnode.server.http;

import ca.uhn.fhir.context.FhirContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/** What clinics and the analysis job write about the one patient of the {@link WalkWorld}, a record of each type. */
final class WalkCare {

    private static final Map<String, String> BODIES = new LinkedHashMap<>();

    static {
        BODIES.put("Condition", """
                "clinicalStatus": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
                "code": {"text": "Hypertension"}, "subject": {"reference": "@patient"}""");
        BODIES.put("CarePlan", """
                "status": "active", "intent": "plan", "title": "Walking", "subject": {"reference": "@patient"},
                "period": {"start": "2026-05-04"}, "author": {"reference": "@clinic"},
                "activity": [{"detail": {"status": "in-progress", "description": "Walk"}}]""");
        BODIES.put("Goal", """
                "lifecycleStatus": "active", "description": {"text": "Walk"}, "subject": {"reference": "@patient"}""");
        BODIES.put("DocumentReference", """
                "status": "current", "subject": {"reference": "@patient"},
                "content": [{"attachment": {"contentType": "text/plain", "title": "Letter"}}]""");
        BODIES.put("Binary", """
                "contentType": "text/plain", "data": "SGVsbG8=", "securityContext": {"reference": "@patient"}""");
        BODIES.put("Provenance", """
                "target": [{"reference": "@vital"}], "recorded": "2026-05-04T12:00:00+02:00",
                "agent": [{"who": {"reference": "@cuff"}}],
                "entity": [{"role": "source", "what": {"identifier": {"value": "walk-manifest"}}}]""");
        BODIES.put("Task", """
                "status": "requested", "intent": "order", "focus": {"reference": "@vital"}, "for": {"reference": "@patient"},
                "code": {"coding": [{"system": "https://sinusnode.eu/fhir/CodeSystem/task-code", "code": "sign-off"}]},
                "authoredOn": "2026-05-04T12:00:00+02:00",
                "restriction": {"period": {"end": "2026-05-11T12:00:00+02:00"}}""");
    }

    private WalkCare() {}

    /** By type, with ids from {@link #id}. */
    static List<Resource> records() {
        return BODIES.entrySet().stream()
                .map(body -> record(body.getKey(), body.getValue()))
                .toList();
    }

    static boolean has(String type) {
        return BODIES.containsKey(type);
    }

    static String id(String type) {
        return Records.id("walk-care " + type);
    }

    private static Resource record(String type, String body) {
        String resolved = body.replace("@patient", "Patient/" + WalkWorld.PATIENT)
                .replace("@vital", "Observation/" + WalkWorld.VITAL)
                .replace("@cuff", "Device/" + WalkWorld.CUFF)
                .replace("@clinic", "Organization/" + Records.CLINIC);
        Resource record = (Resource) FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource("{\"resourceType\": \"" + type + "\", " + resolved + "}");
        record.setId(id(type));
        return record;
    }
}
