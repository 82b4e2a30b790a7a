package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.policy.access.AccessMatrix;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What tools read is open, describes the running server and loads nothing from elsewhere. */
class ApiDocumentsIT extends RunningServer {

    private static Answer open(String path) {
        return get(ORIGIN + path, null);
    }

    @Test
    void openApiDescribesEveryOpenType() throws Exception {
        Answer answer = open("/api/openapi.json");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode document = new ObjectMapper().readTree(answer.body());
        TreeSet<String> types = new TreeSet<>();
        document.path("paths").fieldNames().forEachRemaining(path -> types.add(path.split("/", -1)[1]));
        assertThat(types).containsAll(AccessMatrix.standard().resourceTypes());
        assertThat(document.at("/components/securitySchemes/smart/flows/authorizationCode/tokenUrl")
                        .asText())
                .startsWith(TestTokens.ISSUER);
    }

    @Test
    void thePageMayLoadItsStyleAlone() {
        Answer page = open("/api");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.response().headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; style-src 'self'; frame-ancestors 'none'");
        assertThat(open("/api/style.css").status()).isEqualTo(200);
    }

    @Test
    void collectionAndFileAreThereAndNothingElseIs() {
        assertThat(open("/api/postman_collection.json").body()).contains("{{base}}/Observation");
        assertThat(open("/api/sinusnode.http").body()).contains("GET {{base}}/Observation");
        assertThat(open("/api/other").status()).isEqualTo(404);
        assertThat(open("/api/openapi.json/x").status()).isEqualTo(401);
    }
}
