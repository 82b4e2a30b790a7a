package eu.sinusnode.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.server.features.Covers;
import eu.sinusnode.server.http.Expectations.Row;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Walks what the running server says that it can do: each interaction, search parameter and operation has an expected
 * answer for each kind of caller, written down by hand, and is asked about a record that is stored. What is new and has no
 * expectation fails here, and so does an expectation of something that is gone.
 */
class AccessWalkIT extends RunningServer {

    /** Most of an answer's time goes by in the server, and part of that in waiting for the disk. */
    private static final int AT_ONCE = 4;

    private static final Expectations EXPECTED = Expectations.read();
    private static final WalkExports EXPORTS = new WalkExports();
    private static final WalkRequests REQUESTS = new WalkRequests(EXPORTS);
    private static boolean loaded;

    /** A row for one kind of caller. */
    private record Cell(Row row, CallerKind kind, String expected) {

        /** Neither the interaction nor the parameter nor the operation is closed to the kind. */
        boolean isOpen() {
            return !Set.of("-", "x", "o").contains(expected);
        }

        @Override
        public String toString() {
            return kind.claim() + " " + row;
        }
    }

    @BeforeEach
    void world() {
        if (!loaded) {
            WalkWorld.load();
            WalkWrites.load(EXPECTED.answers());
            cells().stream()
                    .filter(cell -> cell.row().equals(new Row("(system)", "$export")) && cell.isOpen())
                    .forEach(cell -> EXPORTS.begin(cell.kind()));
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
    void everyCallerIsAnsweredAsExpected() throws Exception {
        Map<Row, String> types = walk();
        Function<Cell, Optional<String>> otherwise = cell -> {
            Answer answer = ask(cell, types, WalkWorld.token(cell.kind()));
            return otherwise(cell.toString(), cell.expected(), inWords(cell.row(), answer), answer);
        };
        List<Cell> reads =
                cells().stream().filter(cell -> !WalkWrites.isWrite(cell.row())).toList();
        List<Cell> writes =
                cells().stream().filter(cell -> WalkWrites.isWrite(cell.row())).toList();

        List<String> all = new ArrayList<>(atOnce(reads, otherwise));
        writes.forEach(cell -> otherwise.apply(cell).ifPresent(all::add));
        assertThat(all).isEmpty();
    }

    /** What comes along is open to whom the search by its reference parameter is open, as it stands in the expectations. */
    @Test
    @Covers({"search.html#include", "search.html#revinclude"})
    void everyIncludeIsOpenAsItsParameterIs() throws Exception {
        record Include(String type, String text, CallerKind kind) {}
        List<Include> includes = new ArrayList<>();
        for (CapabilityStatementRestResourceComponent type : statement().getResource()) {
            for (CallerKind kind : CallerKind.values()) {
                type.getSearchInclude()
                        .forEach(
                                each -> includes.add(new Include(type.getType(), "_include=" + each.getValue(), kind)));
                type.getSearchRevInclude()
                        .forEach(each ->
                                includes.add(new Include(type.getType(), "_revinclude=" + each.getValue(), kind)));
            }
        }
        assertThat(atOnce(includes, include -> {
                    String[] source = include.text()
                            .substring(include.text().indexOf('=') + 1)
                            .split(":");
                    String search = "/" + include.type() + "?" + WalkRequests.named(include.type(), include.kind())
                            + "&" + include.text();
                    Answer answer = get(search, WalkWorld.token(include.kind()));
                    return otherwise(
                            include.kind().claim() + " " + search,
                            expectedOfInclude(include.type(), source[0], source[1], include.kind()),
                            inWords(new Row(include.type(), "search-type"), answer),
                            answer);
                }))
                .isEmpty();
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
    void aTokenWithoutScopesGetsNothing() throws Exception {
        Map<Row, String> types = walk();
        List<Cell> open = cells().stream()
                .filter(cell -> cell.isOpen()
                        && !Set.of("transaction", "batch").contains(cell.row().how()))
                .toList();
        assertThat(atOnce(open, cell -> {
                    Answer answer = ask(cell, types, TestTokens.sign(TestTokens.KEY, unscoped(cell.kind())));
                    return otherwise(cell.toString(), "SN-SCOPE-001", inWords(cell.row(), answer), answer);
                }))
                .isEmpty();
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

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        EXPECTED.answers()
                .forEach((row, answers) ->
                        answers.forEach((kind, expected) -> cells.add(new Cell(row, kind, expected))));
        return cells;
    }

    private static Answer ask(Cell cell, Map<Row, String> types, String token) {
        return REQUESTS.ask(cell.row(), types.getOrDefault(cell.row(), ""), cell.kind(), cell.isOpen(), token);
    }

    private static <T> List<String> atOnce(List<T> requests, Function<T, Optional<String>> otherwise) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Optional<String>>> running = new ArrayList<>();
            requests.forEach(request -> running.add(callers.submit(() -> otherwise.apply(request))));
            List<String> all = new ArrayList<>();
            for (Future<Optional<String>> each : running) {
                each.get().ifPresent(all::add);
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            callers.shutdownNow();
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

    private static Optional<String> otherwise(String what, String expected, String answered, Answer answer) {
        return answered.equals(expected)
                ? Optional.empty()
                : Optional.of(what + ": expected " + expected + ", was " + answered + " "
                        + answer.body().replaceAll("\\s+", " "));
    }

    /** The answer in the words of the expectations' file. */
    private static String inWords(Row row, Answer answer) {
        int status = answer.status();
        if (status == 200 && row.how().equals("search-type")) {
            return answer.bundle().hasEntry() ? "200" : "200 and nothing found";
        }
        if (status < 400 || status == 404) {
            return Integer.toString(status);
        }
        String codes = String.join(" ", answer.codes());
        return switch (codes) {
            case "SN-INTERACTION-001" -> "-";
            case "SN-SEARCH-001" -> "x";
            case "SN-OPERATION-001" -> "o";
            default -> status == 403 ? codes : status + " " + codes;
        };
    }
}
