package eu.sinusnode.server.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.junit.jupiter.api.Test;

class ApiDocumentsTest {

    private static final String BASE = "https://fhir.example.org/fhir";

    /** One type with every interaction that R4 knows, another that is only read. */
    private static CapabilityStatement statement() {
        CapabilityStatement statement = new CapabilityStatement();
        CapabilityStatementRestComponent rest = statement.addRest();
        rest.addInteraction().setCode(SystemRestfulInteraction.TRANSACTION);
        rest.addInteraction().setCode(SystemRestfulInteraction.BATCH);
        rest.addOperation().setName("export");
        CapabilityStatementRestResourceComponent patient = rest.addResource().setType("Patient");
        for (TypeRestfulInteraction interaction : TypeRestfulInteraction.values()) {
            if (interaction != TypeRestfulInteraction.NULL) {
                patient.addInteraction().setCode(interaction);
            }
        }
        patient.addSearchParam()
                .setName("family")
                .setType(SearchParamType.STRING)
                .setDefinition("http://hl7.org/fhir/SearchParameter/individual-family");
        patient.addOperation().setName("everything");
        patient.addOperation().setName("consent-decision");
        patient.addOperation().setName("match");
        patient.addOperation().setName("merge");
        patient.addOperation().setName("validate");
        rest.addResource().setType("Binary").addInteraction().setCode(TypeRestfulInteraction.READ);
        return statement;
    }

    private static final List<ApiRequest> REQUESTS = ApiRequests.of(statement());

    @Test
    void everyPromiseIsOneRequest() {
        assertThat(REQUESTS)
                .extracting(request -> request.method() + " /" + request.path())
                .containsExactlyInAnyOrder(
                        "GET /metadata",
                        "POST /",
                        "POST /",
                        "GET /$export",
                        "GET /Patient/{id}",
                        "GET /Patient/{id}/_history/{version}",
                        "GET /Patient/{id}/_history",
                        "GET /Patient/_history",
                        "GET /Patient",
                        "POST /Patient",
                        "PUT /Patient/{id}",
                        "PATCH /Patient/{id}",
                        "DELETE /Patient/{id}",
                        "GET /Patient/{id}/$everything",
                        "POST /Patient/{id}/$consent-decision",
                        "POST /Patient/$match",
                        "POST /Patient/$merge",
                        "POST /Patient/$validate",
                        "GET /Binary/{id}");
    }

    @Test
    void openApiHasEachRequestOnceAndEachReferenceResolves() {
        ObjectNode document =
                OpenApiDocument.of(REQUESTS, BASE, "https://login.example/auth", "https://login.example/token");

        List<JsonNode> operations = new ArrayList<>();
        document.path("paths").forEach(path -> path.forEach(operations::add));
        assertThat(operations).hasSize(REQUESTS.size() - 1);
        assertThat(new TreeSet<>(document.findValuesAsText("operationId"))).hasSize(operations.size());
        assertThat(document.findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
        assertThat(document.path("paths").path("/").path("post").path("summary").asText())
                .isEqualTo("Transaction or Batch");
    }

    @Test
    void everyPartOfAPathIsAParameter() {
        ObjectNode document = OpenApiDocument.of(REQUESTS, BASE, "a", "t");

        document.path("paths").fields().forEachRemaining(path -> {
            List<String> inPath = Pattern.compile("\\{([a-z]+)}")
                    .matcher(path.getKey())
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
            path.getValue().forEach(operation -> {
                List<String> declared = new ArrayList<>();
                operation.path("parameters").forEach(parameter -> {
                    if (parameter.path("in").asText().equals("path")) {
                        declared.add(parameter.path("name").asText());
                    }
                });
                assertThat(declared).as(path.getKey()).isEqualTo(inPath);
            });
        });
    }

    @Test
    void postmanHasAFolderATypeAndTheTokenAsAVariable() {
        ObjectNode collection = PostmanCollection.of(REQUESTS, BASE);

        List<String> folders = new ArrayList<>();
        collection
                .path("item")
                .forEach(folder -> folders.add(folder.path("name").asText()));
        assertThat(folders).containsExactly("System", "Patient", "Binary");
        assertThat(collection.at("/variable/0/value").asText()).isEqualTo(BASE);
        assertThat(collection.at("/auth/bearer/0/value").asText()).isEqualTo("{{token}}");
        assertThat(collection.findValuesAsText("raw")).contains("{{base}}/Patient/:id");
    }

    @Test
    void theHttpFileSendsEachRequest() {
        String file = HttpFile.of(REQUESTS, BASE);

        assertThat(file.split("\n### ", -1)).hasSize(REQUESTS.size() + 1);
        assertThat(file)
                .contains("# scope: Patient.s\n# parameters: family\nGET {{base}}/Patient\n")
                .contains("PUT {{base}}/Patient/{{id}}\n")
                .contains("{\"resourceType\": \"Bundle\", \"type\": \"batch\", \"entry\": []}");
    }

    @Test
    void thePageHoldsNoScriptAndEscapes() {
        String page = ApiPage.of(REQUESTS, "https://x.example/<fhir>");

        assertThat(page).doesNotContain("<script").doesNotContain("<fhir>").contains("&lt;fhir&gt;");
        assertThat(page).contains("id=\"Patient\"").contains("href=\"#Binary\"");
    }
}
