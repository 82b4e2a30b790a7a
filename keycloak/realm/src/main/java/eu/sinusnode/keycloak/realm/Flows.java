package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * How a person proves who they are in the browser: a session that stands, or a password, and behind it a second factor
 * for whoever needs one ({@link SecondFactor#ROLE}) or has added one. The second factor is a code or a security key
 * (WebAuthn); somebody who needs one and has none does not get in. The last step says which patient the login is for, if
 * it is for one ({@code keycloak/spi}).
 */
final class Flows {

    static final String BROWSER = "sinusnode browser";
    private static final String WHO = "sinusnode who";
    private static final String PATIENT = "sinusnode patient";
    private static final String LOGIN = "sinusnode login";
    private static final String NEEDED = "sinusnode second factor needed";
    private static final String CHOSEN = "sinusnode second factor chosen";

    private static final String CODE = " by code";
    private static final String KEY = " by key";

    /** How long a second factor counts as shown: afterwards a refreshed token does not name it, and a new login does. */
    private static final Duration SHOWN = Duration.ofMinutes(15);

    private static final String REQUIRED = "REQUIRED";
    private static final String ALTERNATIVE = "ALTERNATIVE";

    private Flows() {}

    /**
     * The first one is the browser's; its description changes with anything in the flows and their settings, so that a
     * running Keycloak is seen to have others.
     */
    static List<ObjectNode> all(URI fhirEndpoint) {
        List<ObjectNode> flows = flows();
        String print = UUID.nameUUIDFromBytes(
                        (flows.toString() + configs(fhirEndpoint)).getBytes(StandardCharsets.UTF_8))
                .toString();
        flows.get(0).put("description", print);
        return flows;
    }

    private static List<ObjectNode> flows() {
        ObjectNode browser = flow(BROWSER, true);
        subflow(browser, WHO, REQUIRED);
        step(browser, "sinusnode-patient-context", REQUIRED).put("authenticatorConfig", PATIENT);

        ObjectNode who = flow(WHO, false);
        step(who, "auth-cookie", ALTERNATIVE);
        subflow(who, LOGIN, ALTERNATIVE);

        ObjectNode login = flow(LOGIN, false);
        step(login, "auth-username-password-form", REQUIRED);
        subflow(login, NEEDED, "CONDITIONAL");
        subflow(login, CHOSEN, "CONDITIONAL");

        ObjectNode needed = flow(NEEDED, false);
        step(needed, "conditional-user-role", REQUIRED).put("authenticatorConfig", NEEDED);
        secondFactors(needed, NEEDED);

        ObjectNode chosen = flow(CHOSEN, false);
        step(chosen, "conditional-user-role", REQUIRED).put("authenticatorConfig", CHOSEN);
        step(chosen, "conditional-user-configured", REQUIRED);
        secondFactors(chosen, CHOSEN);
        return List.of(browser, who, login, needed, chosen);
    }

    /**
     * The settings that steps of the flows name.
     *
     * @param fhirEndpoint where Keycloak asks for the patients whom a person may choose
     */
    static List<ObjectNode> configs(URI fhirEndpoint) {
        return List.of(
                config(PATIENT, "fhir.endpoint", fhirEndpoint.toString()),
                config(NEEDED, "condUserRole", SecondFactor.ROLE, "negate", "false"),
                config(CHOSEN, "condUserRole", SecondFactor.ROLE, "negate", "true"),
                method(NEEDED + CODE, "otp"),
                method(NEEDED + KEY, "hwk"),
                method(CHOSEN + CODE, "otp"),
                method(CHOSEN + KEY, "hwk"));
    }

    private static void secondFactors(ObjectNode flow, String alias) {
        step(flow, "auth-otp-form", ALTERNATIVE).put("authenticatorConfig", alias + CODE);
        step(flow, "webauthn-authenticator", ALTERNATIVE).put("authenticatorConfig", alias + KEY);
    }

    /** What the claim {@code amr} says of the step, for as long as it counts as shown. */
    private static ObjectNode method(String alias, String reference) {
        return config(
                alias,
                "default.reference.value",
                reference,
                "default.reference.maxAge",
                Long.toString(SHOWN.toSeconds()));
    }

    private static ObjectNode flow(String alias, boolean topLevel) {
        ObjectNode flow = Json.object()
                .put("alias", alias)
                .put("providerId", "basic-flow")
                .put("topLevel", topLevel)
                .put("builtIn", false);
        flow.putArray("authenticationExecutions");
        return flow;
    }

    private static ObjectNode step(ObjectNode flow, String authenticator, String requirement) {
        return execution(flow, requirement).put("authenticator", authenticator).put("authenticatorFlow", false);
    }

    private static void subflow(ObjectNode flow, String alias, String requirement) {
        execution(flow, requirement).put("flowAlias", alias).put("authenticatorFlow", true);
    }

    /** Steps run in the order in which they are added. */
    private static ObjectNode execution(ObjectNode flow, String requirement) {
        ArrayNode executions = flow.withArrayProperty("authenticationExecutions");
        int priority = 10 * (executions.size() + 1);
        return executions
                .addObject()
                .put("requirement", requirement)
                .put("priority", priority)
                .put("userSetupAllowed", false);
    }

    private static ObjectNode config(String alias, String... pairs) {
        ObjectNode config = Json.object().put("alias", alias);
        ObjectNode settings = config.putObject("config");
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return config;
    }
}
