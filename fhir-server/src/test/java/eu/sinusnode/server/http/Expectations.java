package eu.sinusnode.server.http;

import eu.sinusnode.policy.access.CallerKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code access-expectations.csv}: what somebody thought about, row by row; see the file's head. */
record Expectations(Map<Row, Map<CallerKind, String>> answers) {

    /** @param how an interaction's code, {@code ?parameter} or {@code $operation} */
    record Row(String what, String how) {
        @Override
        public String toString() {
            return what + " " + how;
        }
    }

    static Expectations read() {
        List<String[]> lines;
        try (InputStream file =
                Objects.requireNonNull(Expectations.class.getResourceAsStream("/access-expectations.csv"))) {
            lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        List<String> head = Arrays.asList(lines.get(0));
        Map<Row, Map<CallerKind, String>> answers = new LinkedHashMap<>();
        for (String[] line : lines.subList(1, lines.size())) {
            Map<CallerKind, String> row = new EnumMap<>(CallerKind.class);
            for (CallerKind kind : CallerKind.values()) {
                int column = head.indexOf(kind.claim());
                if (column < 0) {
                    throw new IllegalStateException("No expectation for callers of kind " + kind.claim());
                }
                row.put(kind, line[column]);
            }
            if (answers.put(new Row(line[0], line[1]), row) != null) {
                throw new IllegalStateException("Twice: " + line[0] + " " + line[1]);
            }
        }
        return new Expectations(answers);
    }
}
