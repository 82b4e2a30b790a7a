package eu.sinusnode.system;

import eu.sinusnode.launcher.home.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.UUID;

/** Keycloak's administration as an operator would use it. */
final class RealmAdministration {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Installation installation;

    RealmAdministration(Installation installation) {
        this.installation = installation;
    }

    /** Registers a client in SinusNode's realm that is meant for some other service, and fetches its token. */
    String tokenOfAClientForAnotherService() {
        String client = "other-service-" + UUID.randomUUID();
        String secret = UUID.randomUUID().toString();
        HttpResponse<String> created =
                send(HttpRequest.newBuilder(URI.create(installation.keycloakRoot() + "/admin/realms/sinusnode/clients"))
                        .header("Authorization", "Bearer " + administrator())
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("""
                                {"clientId":"%s","secret":"%s","publicClient":false,"serviceAccountsEnabled":true,
                                 "standardFlowEnabled":false,"clientAuthenticatorType":"client-secret"}""".formatted(client, secret))));
        if (created.statusCode() != 201) {
            throw new AssertionError("Keycloak made no client: " + created.statusCode() + " " + created.body());
        }
        return token("sinusnode", "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret);
    }

    private String administrator() {
        try {
            String password = Files.readString(installation.home().secrets().resolve("keycloak-admin"))
                    .strip();
            return token("master", "grant_type=password&client_id=admin-cli&username=admin&password=" + password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token(String realm, String form) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(
                        URI.create(installation.keycloakRoot() + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        String token = RunningSystem.json(answer.body()).path("access_token").asText();
        if (token.isEmpty()) {
            throw new AssertionError("Keycloak gave no token: " + answer.body());
        }
        return token;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
