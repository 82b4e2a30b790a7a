package eu.sinusnode.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A fresh machine: nobody has signed anything by hand. */
@ExtendWith(SystemExtension.class)
class ResidencyIT {

    @Test
    void theShippedFileHoldsAndTheServerAttestsItAndThatNobodyDeclaredTheSite(RunningSystem system) throws Exception {
        String root = system.installation().serverRoot() + "/.well-known/";
        JWSObject signed = JWSObject.parse(get(root + "residency-attestation"));
        JWKSet keys = JWKSet.parse(get(root + "residency-jwks.json"));
        assertThat(signed.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(signed.getHeader().getKeyID()).toECKey())))
                .isTrue();
        JsonNode said = RunningSystem.json(signed.getPayload().toString());
        assertThat(said.path("policy").path("tier").asText()).isEqualTo("EU27");
        assertThat(said.path("site").path("declared").asBoolean(true)).isFalse();
        assertThat(said.path("endpoints")).hasSize(2).allSatisfy(endpoint -> assertThat(
                        endpoint.path("used").asBoolean())
                .isTrue());

        List<String> lines = new ArrayList<>();
        int exitCode = system.parts().residency().run(List.of("verify"), lines::add);

        String sha256 = said.path("policy").path("sha256").asText();
        assertThat(lines).anyMatch(line -> line.startsWith("The signature of ") && line.endsWith(sha256));
        assertThat(exitCode).isZero();
    }

    private static String get(String uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                .body();
    }
}
