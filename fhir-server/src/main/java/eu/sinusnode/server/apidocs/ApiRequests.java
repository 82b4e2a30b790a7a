package eu.sinusnode.server.apidocs;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.server.apidocs.ApiRequest.Body;
import eu.sinusnode.server.apidocs.ApiRequest.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;

/** The requests that a CapabilityStatement promises (https://hl7.org/fhir/R4/http.html#summary), in its order. */
final class ApiRequests {

    static final String SYSTEM = "System";

    private static final String OF_ONE = "/{id}";

    /** Operations that are sent a resource of their type. */
    private static final Set<String> WITH_RESOURCE = Set.of(AccessMatrix.VALIDATE, "$match");

    /** Operations that are sent Parameters alone. */
    private static final Set<String> WITH_PARAMETERS = Set.of(
            "$merge",
            "$import",
            "$job-run",
            "$erase",
            "$legal-hold",
            "$consent-decision",
            "$break-glass",
            "$end-break-glass",
            "$restrict",
            "$sign-off",
            "$apply",
            "$activate",
            "$book",
            "$ask",
            "$reschedule",
            "$cancel",
            "$join",
            "$risk-replay");

    /** Operations that are called on one record. */
    private static final Set<String> ON_ONE = Set.of(
            AccessMatrix.META,
            "$access-log",
            "$consent-decision",
            "$everything",
            "$reminder-settings",
            "$progress",
            "$events",
            "$print",
            "$programme-diff",
            "$erase",
            "$legal-hold",
            "$break-glass",
            "$end-break-glass",
            "$restrict",
            "$sign-off",
            "$apply",
            "$activate",
            "$reschedule",
            "$cancel",
            "$join",
            "$risk-replay");

    private ApiRequests() {}

    static List<ApiRequest> of(CapabilityStatement statement) {
        CapabilityStatementRestComponent rest = statement.getRestFirstRep();
        List<ApiRequest> requests = new ArrayList<>();
        requests.add(get(SYSTEM, "Capabilities", "metadata", List.of(), ""));
        rest.getInteraction().forEach(interaction -> addSystem(requests, interaction.getCode()));
        rest.getOperation().forEach(operation -> requests.add(operation(SYSTEM, "", operation)));
        for (CapabilityStatementRestResourceComponent type : rest.getResource()) {
            type.getInteraction().forEach(interaction -> requests.add(ofType(type, interaction.getCode())));
            type.getOperation()
                    .forEach(operation -> requests.add(operation(type.getType(), type.getType() + "/", operation)));
        }
        return List.copyOf(requests);
    }

    private static void addSystem(List<ApiRequest> requests, SystemRestfulInteraction interaction) {
        switch (interaction) {
            case TRANSACTION -> requests.add(bundle("Transaction"));
            case BATCH -> requests.add(bundle("Batch"));
            case SEARCHSYSTEM -> requests.add(get(SYSTEM, "Search all types", "", List.of(), ""));
            case HISTORYSYSTEM -> requests.add(get(SYSTEM, "History of all types", "_history", List.of(), ""));
            case NULL -> throw new IllegalArgumentException("An interaction has no code.");
        }
    }

    private static ApiRequest ofType(
            CapabilityStatementRestResourceComponent type, TypeRestfulInteraction interaction) {
        String name = type.getType();
        String one = name + OF_ONE;
        return switch (interaction) {
            case READ -> get(name, "Read " + name, one, List.of(), name + ".r");
            case VREAD -> get(name, "Read a version of " + name, one + "/_history/{version}", List.of(), name + ".r");
            case HISTORYINSTANCE -> get(name, "Versions of one " + name, one + "/_history", List.of(), name + ".r");
            case HISTORYTYPE -> get(name, "Versions of every " + name, name + "/_history", List.of(), name + ".s");
            case SEARCHTYPE -> get(name, "Search " + name, name, parameters(type), name + ".s");
            case CREATE -> write(name, "Create " + name, "POST", name, Body.RESOURCE, name + ".c");
            case UPDATE -> write(name, "Update " + name, "PUT", one, Body.RESOURCE, name + ".u");
            case PATCH -> write(name, "Patch " + name, "PATCH", one, Body.PATCH, name + ".u");
            case DELETE -> write(name, "Delete " + name, "DELETE", one, Body.NONE, name + ".d");
            case NULL -> throw new IllegalArgumentException("An interaction of " + name + " has no code.");
        };
    }

    private static List<Parameter> parameters(CapabilityStatementRestResourceComponent type) {
        return type.getSearchParam().stream()
                .map(each -> new Parameter(each.getName(), each.getType().toCode(), each.getDefinition()))
                .toList();
    }

    private static ApiRequest operation(
            String group, String prefix, CapabilityStatementRestResourceOperationComponent operation) {
        String named = "$" + operation.getName();
        String on = group.equals(SYSTEM) ? "" : " on " + group;
        if (WITH_RESOURCE.contains(named)) {
            return write(group, named + on, "POST", prefix + named, Body.RESOURCE, "");
        }
        if (WITH_PARAMETERS.contains(named)) {
            return write(group, named + on, "POST", path(group, prefix, named), Body.PARAMETERS, "");
        }
        return get(group, named + on, path(group, prefix, named), List.of(), "");
    }

    private static String path(String group, String prefix, String named) {
        return (ON_ONE.contains(named) ? group + OF_ONE + "/" : prefix) + named;
    }

    private static ApiRequest bundle(String name) {
        return write(SYSTEM, name, "POST", "", Body.BUNDLE, "");
    }

    private static ApiRequest get(String group, String name, String path, List<Parameter> parameters, String scope) {
        return new ApiRequest(group, name, "GET", path, parameters, Body.NONE, scope);
    }

    private static ApiRequest write(String group, String name, String method, String path, Body body, String scope) {
        return new ApiRequest(group, name, method, path, List.of(), body, scope);
    }
}
