package eu.sinusnode.server.residency;

import eu.sinusnode.policy.residency.signed.Dependency;
import eu.sinusnode.policy.residency.signed.Endpoint;
import eu.sinusnode.policy.residency.signed.EndpointPurpose;
import eu.sinusnode.policy.residency.signed.ResidencyDocument;
import eu.sinusnode.policy.residency.signed.Site;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server says of itself, at one moment. Anybody may read it, so it names no host: the file's SHA-256 binds it to
 * the file that does, which the operator may show.
 */
final class Attestation {

    private static final List<String> DOES_NOT_PROVE = List.of(
            "Where a machine really stands, or who runs it: countries and operators are the word of whoever signed the file.",
            "Where a host passes data on to: a tunnel that ends on loopback, a proxy, a replica that the server does not talk to, a disk that is mounted from elsewhere, a backup.",
            "Who else may look at a machine from another country, or by which law its operator can be ordered to.",
            "What recipients inside the tier do with what they were permitted to get.",
            "That the program is the published one: whoever runs the server holds its keys.",
            "Attempts that never reached the server, or that were refused for another reason first: a missing or bad token is not counted.");

    private static final String VERIFY =
            "This is the payload of a compact JWS. Check its ES256 signature with the key of the same kid in keys; compare"
                    + " policy.sha256 with the SHA-256 of the file residency.json that the operator shows you. Keep the"
                    + " keys with the attestation: a key that is replaced is published no longer.";

    private Attestation() {}

    /**
     * @param origin of the server as clients reach it
     * @param refused counts by code
     * @return members in the order in which they are read best
     */
    static Map<String, Object> of(
            String origin,
            SignedResidency residency,
            List<Dependency> dependencies,
            Instant since,
            Map<String, Long> refused,
            Instant now,
            LocalDate today) {
        ResidencyDocument document = residency.document();
        Site site = document.site();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("iss", origin);
        said.put("iat", now.getEpochSecond());
        said.put(
                "policy",
                members(
                        "version",
                        document.version(),
                        "sha256",
                        residency.sha256(),
                        "signedBy",
                        residency.kid(),
                        "tier",
                        document.rules().tier().name(),
                        "countries",
                        List.copyOf(document.rules().countries(today))));
        said.put("site", members("country", site.country(), "operator", site.operator(), "declared", site.declared()));
        said.put(
                "endpoints",
                document.endpoints().stream()
                        .map(endpoint -> endpoint(endpoint, dependencies))
                        .toList());
        said.put("refused", members("since", since.toString(), "byCode", refused));
        said.put("doesNotProve", DOES_NOT_PROVE);
        said.put("keys", origin + AttestationConfiguration.KEYS_PATH);
        said.put("verify", VERIFY);
        return said;
    }

    private static Map<String, Object> endpoint(Endpoint endpoint, List<Dependency> dependencies) {
        // Any client may name it at any time.
        boolean used = endpoint.purpose() == EndpointPurpose.SUBSCRIPTION
                || dependencies.stream()
                        .anyMatch(dependency -> dependency.purpose() == endpoint.purpose()
                                && dependency.host().equals(endpoint.host()));
        return members(
                "purpose",
                endpoint.purpose().word(),
                "country",
                endpoint.country(),
                "operator",
                endpoint.operator(),
                "onTheSite",
                endpoint.isLoopback(),
                "used",
                used);
    }

    private static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }
}
