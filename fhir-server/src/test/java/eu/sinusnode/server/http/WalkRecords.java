package eu.sinusnode.server.http;

import ca.uhn.fhir.context.FhirContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/**
 * One small record of each type that a patient's record and the directory are made of, all of one patient and of one
 * clinic. The order is that of references: what is named comes first.
 */
public final class WalkRecords {

    private final String patientId;
    private final String serverBase;
    private final Map<String, String> bodies = new LinkedHashMap<>();

    private WalkRecords(String patientId, String serverBase) {
        this.patientId = patientId;
        this.serverBase = serverBase;
        directory();
        medication();
        appointments();
        findings();
    }

    /** By type, with ids from {@link #id}. */
    public static Map<String, Resource> of(String patientId, String serverBase) {
        WalkRecords records = new WalkRecords(patientId, serverBase);
        Map<String, Resource> byType = new LinkedHashMap<>();
        records.bodies.forEach((type, body) -> byType.put(type, records.parse(type, body)));
        return byType;
    }

    /** The id of the one record of a type. */
    public static String id(String patientId, String type) {
        return Records.id("walk " + type + " of " + patientId);
    }

    private Resource parse(String type, String body) {
        String resolved = body.replace("@base", serverBase)
                .replace("@id", patientId)
                .replace("@patient", "Patient/" + patientId)
                .replace("@clinic", "Organization/" + Records.CLINIC)
                .replace("@practitioner", "Practitioner/" + Records.PRACTITIONER);
        for (String named : bodies.keySet()) {
            resolved = resolved.replace("@" + named + "\"", named + "/" + id(patientId, named) + "\"");
        }
        Resource resource = (Resource) FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource("{\"resourceType\": \"" + type + "\", " + resolved + "}");
        resource.setId(id(patientId, type));
        return resource;
    }

    private void directory() {
        bodies.put("Location", """
                "status": "active", "name": "Ward 3", "managingOrganization": {"reference": "@clinic"}""");
        bodies.put("HealthcareService", """
                "active": true, "providedBy": {"reference": "@clinic"}, "name": "Cardiac rehabilitation" """);
        bodies.put("PractitionerRole", """
                "active": true, "practitioner": {"reference": "@practitioner"}, "organization": {"reference": "@clinic"}""");
        bodies.put("Schedule", """
                "active": true, "actor": [{"reference": "@PractitionerRole"}]""");
        bodies.put("Slot", """
                "schedule": {"reference": "@Schedule"}, "status": "free",
                "start": "2026-12-01T09:00:00+01:00", "end": "2026-12-01T09:20:00+01:00" """);
        bodies.put("Medication", """
                "status": "active", "code": {"coding": [{"system": "http://fhir.de/CodeSystem/bfarm/atc", "code": "C07AB02"}]}""");
        bodies.put("Questionnaire", """
                "url": "https://sinusnode.eu/fhir/Questionnaire/walk", "version": "1", "title": "Breath", "status": "active",
                "item": [{"linkId": "1", "text": "Are you short of breath?", "type": "boolean"}]""");
        bodies.put("PlanDefinition", """
                "url": "https://clinic.example/PlanDefinition/walk", "version": "1", "status": "active", "title": "Walking programme" """);
        bodies.put("MeasureReport", """
                "identifier": [{"system": "https://sinusnode.eu/sid/model-week", "value": "walk"}], "status": "complete",
                "type": "summary", "measure": "https://sinusnode.eu/fhir/Measure/model-watch", "date": "2026-11-22T00:10:00Z",
                "period": {"start": "2026-11-15T00:00:00Z", "end": "2026-11-22T00:00:00Z"},
                "group": [{"code": {"text": "patients"}, "measureScore": {"value": 4210}}]""");
        bodies.put("ActivityDefinition", """
                "url": "https://clinic.example/ActivityDefinition/walk", "version": "1", "status": "active", "title": "Walk",
                "kind": "ServiceRequest", "code": {"text": "Walk"}""");
    }

    private void medication() {
        bodies.put("MedicationRequest", """
                "status": "active", "intent": "order", "subject": {"reference": "@patient"},
                "medicationReference": {"reference": "@Medication"}, "authoredOn": "2026-05-04" """);
        bodies.put("MedicationAdministration", """
                "status": "completed", "subject": {"reference": "@patient"}, "effectiveDateTime": "2026-05-05T08:00:00+02:00",
                "medicationReference": {"reference": "@Medication"}, "request": {"reference": "@MedicationRequest"}""");
        bodies.put("MedicationStatement", """
                "status": "active", "subject": {"reference": "@patient"}, "effectiveDateTime": "2026-05-05",
                "medicationReference": {"reference": "@Medication"}""");
        bodies.put("NutritionOrder", """
                "status": "active", "intent": "order", "patient": {"reference": "@patient"}, "dateTime": "2026-05-04",
                "oralDiet": {"instruction": "Less salt"}""");
        bodies.put("ServiceRequest", """
                "status": "active", "intent": "order", "subject": {"reference": "@patient"},
                "code": {"text": "Exercise test"}, "authoredOn": "2026-05-04" """);
    }

    private void appointments() {
        bodies.put("Appointment", """
                "status": "booked", "start": "2026-12-01T09:00:00+01:00", "end": "2026-12-01T09:20:00+01:00",
                "slot": [{"reference": "@Slot"}], "participant": [
                {"actor": {"reference": "@patient"}, "status": "accepted"},
                {"actor": {"reference": "@practitioner"}, "status": "accepted"}]""");
        bodies.put("Account", """
                "status": "active", "subject": [{"reference": "@patient"}], "owner": {"reference": "@clinic"}""");
        bodies.put("Encounter", """
                "status": "finished", "subject": {"reference": "@patient"}, "serviceProvider": {"reference": "@clinic"},
                "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
                "period": {"start": "2026-05-04T09:00:00+02:00", "end": "2026-05-04T09:30:00+02:00"},
                "account": [{"reference": "@Account"}]""");
        bodies.put("Communication", """
                "status": "completed", "subject": {"reference": "@patient"}, "sender": {"reference": "@practitioner"},
                "recipient": [{"reference": "@patient"}], "sent": "2026-05-04T12:00:00+02:00",
                "payload": [{"contentString": "Please take a reading tonight."}]""");
        bodies.put("CommunicationRequest", """
                "status": "active", "subject": {"reference": "@patient"}, "recipient": [{"reference": "@patient"}],
                "authoredOn": "2026-05-04T12:00:00+02:00", "occurrenceDateTime": "2026-05-05T08:00:00+02:00",
                "category": [{"coding": [{"system": "https://sinusnode.eu/fhir/CodeSystem/reminder-kind", "code": "medication-reminder"}]}]""");
    }

    private void findings() {
        bodies.put("QuestionnaireResponse", """
                "questionnaire": "https://sinusnode.eu/fhir/Questionnaire/walk|1", "status": "completed",
                "subject": {"reference": "@patient"}, "authored": "2026-05-04T12:00:00+02:00",
                "item": [{"linkId": "1", "answer": [{"valueBoolean": false}]}]""");
        bodies.put("DiagnosticReport", """
                "status": "final", "subject": {"reference": "@patient"}, "code": {"text": "Exercise test"},
                "effectiveDateTime": "2026-05-04", "issued": "2026-05-04T12:00:00+02:00" """);
        bodies.put("RiskAssessment", """
                "status": "final", "subject": {"reference": "@patient"}, "occurrenceDateTime": "2026-05-04" """);
        bodies.put("Procedure", """
                "status": "completed", "subject": {"reference": "@patient"}, "code": {"text": "Stent"},
                "performedDateTime": "2026-05-04", "encounter": {"reference": "@Encounter"}""");
        bodies.put("AllergyIntolerance", """
                "patient": {"reference": "@patient"}, "code": {"text": "Contrast agent"},
                "clinicalStatus": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active"}]}""");
        bodies.put("Immunization", """
                "status": "completed", "patient": {"reference": "@patient"}, "vaccineCode": {"text": "Influenza"},
                "occurrenceDateTime": "2025-10-10" """);
        bodies.put("List", """
                "status": "current", "mode": "snapshot", "subject": {"reference": "@patient"},
                "entry": [{"item": {"reference": "@MedicationStatement"}}]""");
        bodies.put("Bundle", """
                "identifier": {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"},
                "type": "document", "timestamp": "2026-05-04T12:00:00+02:00", "entry": [
                {"fullUrl": "@base/Composition/180f219f-97a8-486d-99d9-ed631fe4fc57", "resource": {
                "resourceType": "Composition", "status": "final", "title": "Visit", "date": "2026-05-04",
                "type": {"coding": [{"system": "http://loinc.org", "code": "34133-9"}]},
                "subject": {"reference": "@patient"}, "author": [{"reference": "@clinic"}]}},
                {"fullUrl": "@base/@patient", "resource": {"resourceType": "Patient", "id": "@id", "active": true}},
                {"fullUrl": "@base/@clinic", "resource": {"resourceType": "Organization", "name": "Herzpraxis"}}]""");
    }
}
