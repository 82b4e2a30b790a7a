package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.http.Expectations.Row;
import java.net.http.HttpRequest.BodyPublishers;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Walks what the running server says that it can do: each interaction, search parameter and operation has an expected
 * answer for each kind of caller, written down by hand. What is new and has none fails here, and so does an expectation of
 * something that is gone.
 */
class AccessWalkIT extends RunningServer {

    private static final Expectations EXPECTED = Expectations.read();
    private static boolean loaded;

    /** One for each request: the walk may take longer than a token lives. */
    private Function<CallerKind, String> tokens = WalkWorld::token;

    @BeforeEach
    void world() {
        if (!loaded) {
            WalkWorld.load();
            loaded = true;
        }
    }

    @Test
    void everythingThatTheServerStatesHasItsExpectation() {
        Set<String> stated = new TreeSet<>();
        walk().keySet().forEach(row -> stated.add(row.toString()));
        Set<String> expected = new TreeSet<>();
        EXPECTED.answers().keySet().forEach(row -> expected.add(row.toString()));

        assertThat(stated)
                .as("add what is new to access-expectations.csv, after thinking")
                .isEqualTo(expected);
    }

    @Test
    void everyCallerIsAnsweredAsExpected() {
        Map<Row, String> types = walk();
        List<String> otherwise = new ArrayList<>();
        EXPECTED.answers()
                .forEach((row, cells) -> cells.forEach((kind, expected) -> {
                    Answer answer = ask(row, types.getOrDefault(row, ""), kind);
                    String answered = inWords(answer, expected);
                    if (!answered.equals(expected)) {
                        otherwise.add(kind.claim() + " " + row + ": expected " + expected + ", was " + answered + " "
                                + answer.body().replaceAll("\\s+", " "));
                    }
                }));
        assertThat(otherwise).isEmpty();
    }

    /** What comes along is open to whom the search by its reference parameter is open, as it stands in the expectations. */
    @Test
    @Covers({"search.html#include", "search.html#revinclude"})
    void everyIncludeIsOpenAsItsParameterIs() {
        List<String> otherwise = new ArrayList<>();
        for (CapabilityStatementRestResourceComponent type : statement().getResource()) {
            List<String> includes = new ArrayList<>();
            type.getSearchInclude().forEach(include -> includes.add("_include=" + include.getValue()));
            type.getSearchRevInclude().forEach(include -> includes.add("_revinclude=" + include.getValue()));
            for (String include : includes) {
                String[] source = include.substring(include.indexOf('=') + 1).split(":");
                for (CallerKind kind : CallerKind.values()) {
                    String expected = expectedOfInclude(type.getType(), source[0], source[1], kind);
                    Answer answer = get(
                            "/" + type.getType() + "?" + named(type.getType(), kind) + "&" + include,
                            tokens.apply(kind));
                    if (!inWords(answer, expected).equals(expected)) {
                        otherwise.add(kind.claim() + " " + type.getType() + " " + include + ": expected " + expected
                                + ", was " + answer.body().replaceAll("\\s+", " "));
                    }
                }
            }
        }
        assertThat(otherwise).isEmpty();
    }

    private static String expectedOfInclude(String type, String source, String parameter, CallerKind kind) {
        for (Row row : List.of(new Row(type, "search-type"), new Row(source, "search-type"))) {
            String search = Objects.requireNonNull(EXPECTED.answers().get(row)).get(kind);
            if (!"200".equals(search)) {
                return String.valueOf(search);
            }
        }
        return Objects.requireNonNull(Objects.requireNonNull(EXPECTED.answers().get(new Row(source, "?" + parameter)))
                .get(kind));
    }

    /** Without the one scope that it needs, nothing that is open to the kind is open to the token. */
    @Test
    void aTokenWithoutScopesGetsNothing() {
        Map<Row, String> types = walk();
        tokens = kind -> TestTokens.sign(TestTokens.KEY, unscoped(kind));
        EXPECTED.answers()
                .forEach((row, cells) -> cells.forEach((kind, expected) -> {
                    if (!Set.of("transaction", "batch").contains(row.how())
                            && Set.of("200", "202", "404", "w").contains(expected)) {
                        Answer answer = ask(row, types.getOrDefault(row, ""), kind);
                        assertThat(answer.status()).as(kind + " " + row).isEqualTo(403);
                        assertThat(answer.codes()).containsExactly("SN-SCOPE-001");
                    }
                }));
    }

    private static JWTClaimsSet unscoped(CallerKind kind) {
        try {
            return new JWTClaimsSet.Builder(
                            SignedJWT.parse(WalkWorld.token(kind)).getJWTClaimsSet())
                    .claim("scope", "openid")
                    .build();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    // What the server states; with a search parameter goes its type

    private static CapabilityStatementRestComponent statement() {
        return ((CapabilityStatement) get("/metadata", null).resource()).getRestFirstRep();
    }

    private static Map<Row, String> walk() {
        CapabilityStatementRestComponent rest = statement();
        Map<Row, String> rows = new LinkedHashMap<>();
        rest.getInteraction()
                .forEach(interaction ->
                        rows.put(new Row("(system)", interaction.getCode().toCode()), ""));
        rest.getOperation().forEach(operation -> rows.put(new Row("(system)", "$" + operation.getName()), ""));
        for (CapabilityStatementRestResourceComponent type : rest.getResource()) {
            type.getInteraction()
                    .forEach(interaction -> rows.put(
                            new Row(type.getType(), interaction.getCode().toCode()), ""));
            type.getOperation().forEach(operation -> rows.put(new Row(type.getType(), "$" + operation.getName()), ""));
            for (CapabilityStatementRestResourceSearchParamComponent parameter : type.getSearchParam()) {
                rows.put(
                        new Row(type.getType(), "?" + parameter.getName()),
                        parameter.getType().toCode());
            }
        }
        return rows;
    }

    // Requests

    private Answer ask(Row row, String parameterType, CallerKind kind) {
        String token = tokens.apply(kind);
        String type = row.what();
        if (row.how().startsWith("?")) {
            String name = row.how().substring(1);
            String needed = WalkWorld.needed(type, name, kind);
            return get(
                    "/" + type + "?" + name + "=" + value(type, name, parameterType, kind)
                            + (needed.isEmpty() ? "" : "&" + needed),
                    token);
        }
        if (row.how().equals("$job-run")) {
            return post("/" + row.how(), token, JobRuns.start(UUID.fromString(Records.id("walk-run"))));
        }
        if (Set.of("$affected-patients", "$unfinished-runs").contains(row.how())) {
            return get(
                    "/" + type + "/" + row.how() + "?client=x&start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z",
                    token);
        }
        if (row.how().equals("$export")) {
            return export(row, token, kind);
        }
        if (row.how().equals("$validate")) {
            return post("/" + type + "/" + row.how(), token, empty(type));
        }
        if (row.how().equals("$match")) {
            return post("/" + type + "/" + row.how(), token, Records.patient(WalkWorld.PATIENT));
        }
        if (row.how().equals("$merge")) {
            return post("/" + type + "/" + row.how(), token, unknownToMerge());
        }
        if (row.how().equals("$meta")) {
            return get("/" + type + "/" + WalkWorld.idOf(type, kind) + "/" + row.how(), token);
        }
        if (row.how().startsWith("$")) {
            return get(
                    type.equals("(system)") ? "/" + row.how() : "/" + type + "/" + WalkWorld.PATIENT + "/" + row.how(),
                    token);
        }
        return switch (row.how()) {
            case "read" -> get("/" + type + "/" + WalkWorld.idOf(type, kind), token);
            case "search-type" -> get("/" + type + "?" + named(type, kind), token);
            case "create" -> post("/" + type, token, empty(type));
            case "update" -> {
                Resource resource = empty(type);
                resource.setId(WalkWorld.idOf(type, kind));
                yield put("/" + type + "/" + WalkWorld.idOf(type, kind), token, resource);
            }
            case "vread" -> get("/" + type + "/" + WalkWorld.idOf(type, kind) + "/_history/1", token);
            case "history-instance" -> get("/" + type + "/" + WalkWorld.idOf(type, kind) + "/_history", token);
            case "history-type" -> get("/" + type + "/_history?_count=1", token);
            // An id that nothing has: the rules on content answer, and the world stays.
            case "patch" -> Ward.jsonPatch("/" + type + "/" + Records.id("walk-none"), token, "[]");
            case "delete" -> Ward.delete("/" + type + "/" + Records.id("walk-none"), token);
            case "transaction" -> post("", token, new Bundle().setType(BundleType.TRANSACTION));
            case "batch" -> post("", token, new Bundle().setType(BundleType.BATCH));
            default -> throw new IllegalStateException("No request for " + row);
        };
    }

    /** The one type that everybody who may export has; what was begun is cancelled. */
    private static Answer export(Row row, String token, CallerKind kind) {
        String on = row.what().equals("(system)") ? "" : "/" + row.what();
        String id = row.what().equals("Group") ? "/" + WalkWorld.idOf("Group", kind) : "";
        Answer answer = send(request(on + id + "/$export?_type=Patient", token)
                .header("Prefer", "respond-async")
                .GET());
        answer.header("Content-Location")
                .ifPresent(url -> send(request(url, token).method("DELETE", BodyPublishers.noBody())));
        return answer;
    }

    private static String named(String type, CallerKind kind) {
        String needed = WalkWorld.needed(type, "", kind);
        if (!needed.isEmpty()) {
            return needed;
        }
        return switch (type) {
            case "AuditEvent" -> "_count=1";
            case "Coverage" -> "beneficiary=" + WalkWorld.PATIENT;
            default ->
                AccessMatrix.standard().searchParameters(type).contains("patient")
                        ? "patient=" + WalkWorld.PATIENT
                        : "_id=" + WalkWorld.idOf(type, kind);
        };
    }

    private static String value(String type, String name, String parameterType, CallerKind kind) {
        return switch (name) {
            case "_id" -> WalkWorld.idOf(type, kind);
            case "organization", "managing-entity" -> "Organization/" + WalkWorld.idOf("Group", kind);
            case "patient", "subject", "beneficiary" -> WalkWorld.PATIENT;
            case "active" -> "true";
            default ->
                switch (parameterType) {
                    case "date" -> "ge2020-01-01";
                    case "quantity" -> "gt1";
                    case "composite" -> "http%3A%2F%2Floinc.org%7C8867-4%24gt1";
                    case "reference" -> "Patient/" + WalkWorld.PATIENT;
                    default -> "x";
                };
        };
    }

    /** Patients that nobody has: the world stays. */
    private static Parameters unknownToMerge() {
        Parameters parameters = new Parameters();
        for (String name : List.of("source-patient", "target-patient")) {
            parameters.addParameter(name, new Reference("Patient/" + Records.id("walk-none-" + name)));
        }
        return parameters;
    }

    private static Resource empty(String type) {
        return (Resource) FhirContext.forR4Cached().getResourceDefinition(type).newInstance();
    }

    /** The answer in the words of the expectations' file. */
    private static String inWords(Answer answer, String expected) {
        String code = answer.status() == 403 ? String.join(" ", answer.codes()) : "";
        if (expected.equals("w")
                && !Set.of("SN-INTERACTION-001", "SN-SCOPE-001").contains(code)
                && answer.status() < 500) {
            return "w";
        }
        return switch (code) {
            case "" -> Integer.toString(answer.status());
            case "SN-INTERACTION-001" -> "-";
            case "SN-SEARCH-001" -> "x";
            case "SN-OPERATION-001" -> "o";
            default -> code;
        };
    }
}
