package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Interaction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The realm's client scopes: SMART scopes in every form that may be asked for, named literally as the access matrix has them, and the few that Keycloak
 * needs and drops as soon as a realm file brings scopes of its own.
 */
final class Scopes {

    /** {@code sub}; on every client. */
    static final String BASIC = "basic";
    /** The FHIR server as audience; on registered clients only, so that no other client's token is good there. */
    static final String FHIR_SERVER = "fhir-server";

    /** Roles in the token: Keycloak's own account console needs them; no registered client has this scope. */
    static final String ROLES = "roles";

    static final String FHIR_USER = "fhirUser";
    static final String OFFLINE_ACCESS = "offline_access";
    /** A refresh token for as long as the person's session lasts. */
    static final String ONLINE_ACCESS = "online_access";

    /** Started from a portal, which says for which patient. */
    static final String LAUNCH = "launch";
    /** Started by itself: whoever logs in says for which patient. */
    static final String LAUNCH_PATIENT = "launch/patient";

    /** What an app may ask for beside access to data. */
    static final List<String> OF_AN_APP = List.of(FHIR_USER, OFFLINE_ACCESS, ONLINE_ACCESS, LAUNCH, LAUNCH_PATIENT);

    private final AccessMatrix matrix;

    Scopes(AccessMatrix matrix) {
        this.matrix = matrix;
    }

    /** All that a client for these kinds of caller may ask for, in every form that SMART knows, sorted. */
    SortedSet<String> offered(Set<CallerKind> kinds) {
        SortedSet<String> scopes = new TreeSet<>();
        kinds.forEach(kind -> scopes.addAll(matrix.offeredScopes(kind)));
        return scopes;
    }

    List<ObjectNode> clientScopes(String audience) {
        List<ObjectNode> scopes = new ArrayList<>();
        scopes.add(scope(BASIC, "Subject", false, Claims.subject()));
        scopes.add(scope(
                FHIR_SERVER,
                "Audience of the FHIR server",
                false,
                Claims.audience(audience),
                Claims.introspector(DemoRegistrations.FHIR_SERVER)));
        scopes.add(scope(ROLES, "Roles, for Keycloak's own clients", false, Claims.clientRoles()));
        scopes.add(scope(FHIR_USER, "The person's own FHIR resource, in the id token", true, Claims.fhirUserForApp()));
        scopes.add(scope(OFFLINE_ACCESS, "Access while the person is away", true));
        scopes.add(scope(ONLINE_ACCESS, "Access while the person's session lasts", true));
        scopes.add(scope(LAUNCH, "Patient of a launch from a portal", true, Claims.launchContext()));
        scopes.add(scope(LAUNCH_PATIENT, "Patient chosen at the login", true, Claims.launchContext()));
        smartScopes().forEach((name, kinds) -> scopes.add(scope(name, "SMART on FHIR: " + name, true)));
        return scopes;
    }

    /** Which roles a caller needs for a scope: nobody ever gets the scope of another kind, asked for or not. */
    List<ObjectNode> roleMappings() {
        List<ObjectNode> mappings = new ArrayList<>();
        mappings.add(roleMapping(OFFLINE_ACCESS, List.of(OFFLINE_ACCESS)));
        List<String> withPatients = Person.KINDS.stream()
                .filter(kind -> matrix.allows(kind, "Patient", Interaction.SEARCH))
                .map(CallerKind::claim)
                .sorted()
                .toList();
        mappings.add(roleMapping(LAUNCH, withPatients));
        mappings.add(roleMapping(LAUNCH_PATIENT, withPatients));
        smartScopes()
                .forEach((name, kinds) -> mappings.add(
                        roleMapping(name, kinds.stream().map(CallerKind::claim).toList())));
        return mappings;
    }

    private SortedMap<String, Set<CallerKind>> smartScopes() {
        SortedMap<String, Set<CallerKind>> scopes = new TreeMap<>();
        for (CallerKind kind : CallerKind.values()) {
            matrix.offeredScopes(kind)
                    .forEach(name -> scopes.computeIfAbsent(name, absent -> EnumSet.noneOf(CallerKind.class))
                            .add(kind));
        }
        return scopes;
    }

    private static ObjectNode scope(String name, String description, boolean inTokenScope, ObjectNode... mappers) {
        ObjectNode scope =
                Json.object().put("name", name).put("description", description).put("protocol", "openid-connect");
        scope.putObject("attributes")
                .put("display.on.consent.screen", Boolean.toString(inTokenScope))
                .put("include.in.token.scope", Boolean.toString(inTokenScope));
        if (mappers.length > 0) {
            scope.set("protocolMappers", Json.nodes(List.of(mappers)));
        }
        return scope;
    }

    private static ObjectNode roleMapping(String scope, List<String> roles) {
        ObjectNode mapping = Json.object().put("clientScope", scope);
        mapping.set("roles", Json.strings(roles));
        return mapping;
    }
}
