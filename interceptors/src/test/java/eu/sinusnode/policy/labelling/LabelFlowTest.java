package eu.sinusnode.policy.labelling;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Confidentiality;
import eu.sinusnode.policy.consent.Sensitivity;
import eu.sinusnode.policy.labelling.LabelFlow.Edge;
import eu.sinusnode.profiles.Canonicals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFlowTest {

    private static final Code HIV = Sensitivity.of("HIV");
    private static final Code V = new Code(Confidentiality.SYSTEM, "V");
    private static final Code N = new Code(Confidentiality.SYSTEM, "N");

    /** The record is {@code own}; what stands in an element goes over to it, or it to what stands there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Observation         | {'derivedFrom':[{'reference':'Observation/a/_history/3'}]}       | Observation/a>own",
                "Observation         | {'hasMember':[{'reference':'Observation/a'}]}                    | Observation/a>own",
                "Observation         | {'basedOn':[{'reference':'ServiceRequest/a'}]}                   |",
                "Observation         | {'derivedFrom':[{'identifier':{'value':'a'}}]}                   |",
                "Observation         | {'derivedFrom':[{'reference':'#a'}]}                             |",
                "Observation         | {'derivedFrom':[{'reference':'Observation/own/_history/1'}]}     |",
                "DiagnosticReport    | {'result':[{'reference':'Observation/a'}]}                       | Observation/a>own",
                "RiskAssessment      | {'basis':[{'reference':'Condition/a'}]}                          | Condition/a>own",
                "Condition           | {'evidence':[{'detail':[{'reference':'Observation/a'}]}]}        | Observation/a>own",
                "Task                | {'focus':{'reference':'Observation/a/_history/1'}}               | Observation/a>own",
                "Task                | {'reasonReference':{'reference':'Condition/a'}}                  |",
                "List                | {'entry':[{'item':{'reference':'Condition/a'}}]}                 | Condition/a>own",
                "Communication       | {'about':[{'reference':'Observation/a'}]}                        | Observation/a>own",
                "Communication       | {'payload':[{'contentReference':{'reference':'Condition/a'}}]}   | Condition/a>own",
                "Communication       | {'payload':[{'contentString':'Condition/a'}]}                    |",
                "CommunicationRequest| {'payload':[{'contentReference':{'reference':'Condition/a'}}]}   | Condition/a>own",
                "MedicationRequest   | {'medicationReference':{'reference':'Medication/a'}}             | Medication/a>own",
                "MedicationRequest   | {'reasonReference':[{'reference':'Condition/a'}]}                |",
                "MedicationStatement | {'derivedFrom':[{'reference':'Observation/a'}]}                  | Observation/a>own",
                "CarePlan            | {'addresses':[{'reference':'Condition/a'}]}                      |",
                "DocumentReference   | {'content':[{'attachment':{'url':'Binary/a'}}]}                  | own>Binary/a",
                "DocumentReference   | {'content':[{'attachment':{'url':'https://x.example/a.pdf'}}]}   |",
                "DocumentReference   | {'relatesTo':[{'target':{'reference':'DocumentReference/a'}}]}   | DocumentReference/a>own",
                "Provenance          | {'target':[{'reference':'Observation/a/_history/1'}]}            | Observation/a>own",
                "Provenance          | {'target':[{'reference':'Observation/a'}],'entity':[{'what':{'reference':'Condition/b'}}]}"
                        + " | Condition/b>own Observation/a>own Condition/b>Observation/a",
            })
    void whatGoesOverToWhat(String type, String elements, String edges) {
        assertThat(LabelFlow.of(record(type, elements)).stream()
                        .map(edge -> edge.from() + ">" + edge.to())
                        .map(edge -> edge.replace(type + "/own", "own"))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(edges == null ? "" : edges);
    }

    @Test
    void aManifestNamesAllInputsAndNotTheTellingOnesAlone() throws IOException {
        assertThat(
                        LabelFlow.of(
                                flagged(
                                        deflated(
                                                "{\"vitals\":[{\"version\":\"Observation/a/_history/2\"}],"
                                                        + "\"drugs\":{\"found\":{\"X\":[\"MedicationRequest/b/_history/1\"]}},\"result\":\"c/_history/1\"}"))))
                .contains(
                        new Edge("Observation/a", "Observation/flag"),
                        new Edge("MedicationRequest/b", "Observation/flag"),
                        new Edge("Observation/a", "Provenance/own"))
                .hasSize(5);
    }

    @Test
    void whatIsNoManifestNamesNothing() throws IOException {
        byte[] text = "Observation/a/_history/2".getBytes(StandardCharsets.UTF_8);
        assertThat(LabelFlow.of(flagged(text))).containsExactly(new Edge("Observation/flag", "Provenance/own"));
        assertThat(LabelFlow.of(flagged(deflated("no JSON")))).hasSize(1);
    }

    @Test
    void labelsFlowUntilNothingIsNewAndRoundInCirclesToo() {
        List<Edge> edges = List.of(new Edge("C", "D"), new Edge("B", "C"), new Edge("A", "B"), new Edge("D", "A"));
        assertThat(LabelFlow.spread(edges, Map.of("A", Set.of(HIV), "C", Set.of(V))))
                .isEqualTo(Map.of("A", Set.of(V), "B", Set.of(HIV, V), "C", Set.of(HIV), "D", Set.of(HIV, V)));
    }

    @Test
    void whatIsNormalOrNotThereGivesNothing() {
        assertThat(LabelFlow.spread(List.of(new Edge("A", "B"), new Edge("X", "B")), Map.of("A", Set.of(N))))
                .isEmpty();
    }

    private static Provenance flagged(byte[] manifest) {
        Provenance provenance = new Provenance();
        provenance.setId("Provenance/own");
        provenance.addTarget(new Reference("Observation/flag"));
        provenance.addEntity().addExtension(Canonicals.REPLAY_MANIFEST, new Base64BinaryType(manifest));
        return provenance;
    }

    private static byte[] deflated(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static Resource record(String type, String elements) {
        String json =
                "{\"resourceType\":\"" + type + "\"," + elements.substring(1).replace('\'', '"');
        Resource record = (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(json);
        record.setId(type + "/own");
        return record;
    }
}
