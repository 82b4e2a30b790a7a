package eu.sinusnode.server.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.hl7.fhir.r4.model.AuditEvent;
import org.junit.jupiter.api.Test;

/** HAPI's own writer is what the tree is held against. */
class EventTreeTest {

    private static final FhirContext CONTEXT = FhirContext.forR4Cached();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Every element that R4 gives an AuditEvent, lists with more than one, and extensions of elements and of values. */
    private static final String EVERYTHING = """
            {"resourceType": "AuditEvent", "id": "0b0b7f6e-3a43-4b63-9d3f-6b8a7b1c2d3e",
             "meta": {"versionId": "1", "lastUpdated": "2026-03-29T01:59:59.123+01:00",
              "profile": ["https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead"],
              "security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}]},
             "language": "de",
             "text": {"status": "generated", "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\">Wer, „was“ &amp; wann</div>"},
             "extension": [
              {"url": "https://example.org/a", "valueDecimal": 1.50},
              {"url": "https://example.org/b", "extension": [
               {"url": "c", "valueBoolean": false}, {"url": "d", "valueInteger": -3}]}],
             "modifierExtension": [{"url": "https://example.org/m", "valueCode": "x"}],
             "type": {"system": "http://dicom.nema.org/resources/ontology/DCM", "code": "110110", "display": "Patient Record"},
             "subtype": [
              {"system": "http://hl7.org/fhir/restful-interaction", "code": "read"},
              {"system": "http://hl7.org/fhir/restful-interaction", "code": "vread", "userSelected": true}],
             "action": "R",
             "period": {"start": "2026-03-29", "end": "2026-03-30T00:00:00Z"},
             "recorded": "2026-03-29T03:00:00.000+02:00",
             "outcome": "4", "outcomeDesc": "SN-SCOPE-001: \\u00e4\\ud83d\\ude00\\n\\t\\"quoted\\"",
             "purposeOfEvent": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "TREAT"}]}, {"text": "t"}],
             "agent": [
              {"id": "one", "type": {"coding": [{"code": "humanuser"}], "text": "person"}, "role": [{"text": "a"}, {"text": "b"}],
               "who": {"reference": "Patient/1", "type": "Patient", "identifier": {"use": "official", "system": "urn:ietf:rfc:3986", "value": "x"}, "display": "d"},
               "altId": "alt", "name": "Müller", "requestor": true, "location": {"reference": "Location/1"},
               "policy": ["https://example.org/p1", "https://example.org/p2"], "media": {"code": "110030"},
               "network": {"address": "2001:db8::1", "type": "2"}, "purposeOfUse": [{"text": "u"}]},
              {"who": {"display": "nobody"}, "requestor": false,
               "_requestor": {"extension": [{"url": "https://example.org/why", "valueString": "w"}]}}],
             "source": {"site": "s", "observer": {"reference": "Device/1/_history/2"}, "type": [{"code": "4"}]},
             "entity": [
              {"what": {"reference": "Patient/1"}, "type": {"code": "1"}, "role": {"code": "1"}, "lifecycle": {"code": "6"},
               "securityLabel": [{"code": "R"}, {"code": "V"}], "name": "n", "description": "e"},
              {"query": "L09ic2VydmF0aW9uP2E9Yg==", "detail": [
               {"type": "length", "valueString": "17"}, {"type": "bytes", "valueBase64Binary": "AAEC"}]}]}
            """;

    @Test
    void itIsWhatTheWriterWrites() throws Exception {
        AuditEvent event = CONTEXT.newJsonParser().parseResource(AuditEvent.class, EVERYTHING);
        JsonNode written = written(event);

        // As texts: the library's numbers keep their zeros, and so must ours.
        assertThat(JSON.readTree(EventTree.of(event).toString())).isEqualTo(written);
        assertThat(written.path("entity")
                        .path(1)
                        .path("detail")
                        .path(1)
                        .path("valueBase64Binary")
                        .asText())
                .as("the last of it was read")
                .isEqualTo("AAEC");
        assertThat(EventTree.of(event).toString()).contains("\"valueDecimal\":1.50");
    }

    @Test
    void whatSaysNothingIsLeftOut() throws Exception {
        AuditEvent event = new AuditEvent();
        event.addAgent().getWho().setReference("Patient/1");
        event.addEntity();
        event.getSource();
        assertThat(JSON.readTree(EventTree.of(event).toString())).isEqualTo(written(event));
    }

    private static JsonNode written(AuditEvent event) throws IOException {
        return JSON.readTree(
                CONTEXT.newJsonParser().setStripVersionsFromReferences(false).encodeResourceToString(event));
    }
}
