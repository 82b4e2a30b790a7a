package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import java.util.List;

/** The claims by which the FHIR server knows its caller, and the Keycloak mappers that write them. */
final class Claims {

    static final String CALLER_KIND = "caller_kind";
    static final String PURPOSE_OF_USE = "purpose_of_use";
    static final String ORGANIZATION = "organization";
    static final String JURISDICTION = "jurisdiction";
    /** The country from which a person works, when that is not the organization's; an administrator states it. */
    static final String PERSON_JURISDICTION = "person_jurisdiction";

    static final String FHIR_USER = "fhirUser";
    static final String PATIENT = "patient";

    /** The claims that differ from person to person; each is a user attribute of the same name. */
    static final List<String> OF_A_PERSON =
            List.of(CALLER_KIND, PURPOSE_OF_USE, ORGANIZATION, FHIR_USER, PATIENT, PERSON_JURISDICTION);

    private Claims() {}

    /** What this kind of caller asks for data for. */
    static Purpose purposeOf(CallerKind kind) {
        return kind.purpose();
    }

    /** The claim always has this value, whoever uses the client. */
    static ObjectNode fixed(String claim, String value) {
        ObjectNode mapper = mapper(claim, "oidc-hardcoded-claim-mapper");
        config(mapper)
                .put("claim.name", claim)
                .put("claim.value", value)
                .put("jsonType.label", "String")
                .put("access.token.claim", "true")
                .put("id.token.claim", "false")
                .put("userinfo.token.claim", "false")
                .put("introspection.token.claim", "true");
        return mapper;
    }

    /** The claim is the person's attribute of the same name; absent when the person has none. */
    static ObjectNode ofPerson(String claim) {
        return userAttribute(claim, true);
    }

    /** {@code fhirUser} in the id token, for apps that ask for that scope. */
    static ObjectNode fhirUserForApp() {
        return userAttribute(FHIR_USER, false);
    }

    /** The patient of a SMART launch, in access token, token response and introspection; {@code keycloak/spi} writes it. */
    static ObjectNode launchContext() {
        ObjectNode mapper = mapper("launch context", "sinusnode-launch-context");
        config(mapper);
        return mapper;
    }

    /** How the person proved a short while ago who it is: {@code amr}, by the settings of the steps in {@link Flows}. */
    static ObjectNode methods() {
        ObjectNode mapper = mapper("amr", "oidc-amr-mapper");
        config(mapper)
                .put("access.token.claim", "true")
                .put("id.token.claim", "false")
                .put("introspection.token.claim", "true");
        return mapper;
    }

    static ObjectNode subject() {
        ObjectNode mapper = mapper("sub", "oidc-sub-mapper");
        config(mapper).put("access.token.claim", "true").put("introspection.token.claim", "true");
        return mapper;
    }

    static ObjectNode audience(String audience) {
        ObjectNode mapper = mapper("FHIR server", "oidc-audience-mapper");
        config(mapper)
                .put("included.custom.audience", audience)
                .put("access.token.claim", "true")
                .put("id.token.claim", "false")
                .put("introspection.token.claim", "true");
        return mapper;
    }

    /** Keycloak tells of a token only to a client that is among its audience. */
    static ObjectNode introspector(String clientId) {
        ObjectNode mapper = mapper("FHIR server's client", "oidc-audience-mapper");
        config(mapper)
                .put("included.client.audience", clientId)
                .put("access.token.claim", "true")
                .put("id.token.claim", "false")
                .put("introspection.token.claim", "true");
        return mapper;
    }

    /** What the account console looks for; the claim's name is Keycloak's own. */
    static ObjectNode clientRoles() {
        ObjectNode mapper = mapper("client roles", "oidc-usermodel-client-role-mapper");
        config(mapper)
                .put("claim.name", "resource_access.${client_id}.roles")
                .put("jsonType.label", "String")
                .put("multivalued", "true")
                .put("access.token.claim", "true")
                .put("introspection.token.claim", "true");
        return mapper;
    }

    /** The clients whose roles are in the token become its audience. */
    static ObjectNode audienceByRoles() {
        ObjectNode mapper = mapper("audience resolve", "oidc-audience-resolve-mapper");
        config(mapper).put("access.token.claim", "true").put("introspection.token.claim", "true");
        return mapper;
    }

    private static ObjectNode userAttribute(String claim, boolean accessToken) {
        ObjectNode mapper = mapper(claim, "oidc-usermodel-attribute-mapper");
        config(mapper)
                .put("user.attribute", claim)
                .put("claim.name", claim)
                .put("jsonType.label", "String")
                .put("access.token.claim", Boolean.toString(accessToken))
                .put("id.token.claim", Boolean.toString(!accessToken))
                .put("userinfo.token.claim", "false")
                .put("introspection.token.claim", Boolean.toString(accessToken));
        return mapper;
    }

    private static ObjectNode mapper(String name, String type) {
        return Json.object()
                .put("name", name)
                .put("protocol", "openid-connect")
                .put("protocolMapper", type)
                .put("consentRequired", false);
    }

    private static ObjectNode config(ObjectNode mapper) {
        return mapper.putObject("config");
    }
}
