package eu.sinusnode.server.apidocs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.server.configuration.OAuthProperties;
import eu.sinusnode.server.configuration.ServiceProperties;
import eu.sinusnode.server.rest.CapabilityStatementProvider;
import eu.sinusnode.server.rest.SmartConfiguration;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves the documents. They say no more than the CapabilityStatement, so like it they need no token. */
@Configuration
class ApiDocumentsConfiguration {

    @Bean
    ServletRegistrationBean<ApiDocumentsServlet> apiDocuments(
            CapabilityStatementProvider capabilities,
            ServiceProperties service,
            OAuthProperties oauth,
            ObjectMapper json)
            throws JsonProcessingException {
        List<ApiRequest> requests = ApiRequests.of(capabilities.statement());
        String base = service.baseUrl();
        Map<String, ApiDocumentsServlet.Document> documents = new LinkedHashMap<>();
        documents.put("/api", text("text/html", ApiPage.of(requests, base)));
        documents.put("/api/style.css", text("text/css", ApiPage.STYLE));
        documents.put(
                "/api/openapi.json",
                json(
                        json,
                        OpenApiDocument.of(
                                requests,
                                base,
                                SmartConfiguration.authorizationEndpoint(oauth),
                                SmartConfiguration.tokenEndpoint(oauth))));
        documents.put("/api/postman_collection.json", json(json, PostmanCollection.of(requests, base)));
        documents.put("/api/sinusnode.http", text("text/plain", HttpFile.of(requests, base)));
        ServletRegistrationBean<ApiDocumentsServlet> registration = new ServletRegistrationBean<>(
                new ApiDocumentsServlet(documents), documents.keySet().toArray(String[]::new));
        registration.setName("api-documents");
        return registration;
    }

    private static ApiDocumentsServlet.Document json(ObjectMapper json, JsonNode document)
            throws JsonProcessingException {
        return text("application/json", json.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }

    private static ApiDocumentsServlet.Document text(String type, String document) {
        return new ApiDocumentsServlet.Document(type + ";charset=UTF-8", document.getBytes(StandardCharsets.UTF_8));
    }
}
