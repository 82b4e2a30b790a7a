package eu.sinusnode.server.audit.reading;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A WHERE clause. Its texts are fixed; what the caller sent travels as values only. */
final class Conditions {

    private interface Value {
        void set(Connection connection, PreparedStatement statement, int index) throws SQLException;
    }

    private final List<String> texts = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();

    Conditions from(@Nullable Instant from) {
        if (from != null) {
            at("e.recorded >= ?", from);
            // An event is stored on the day it was recorded or later; the other day is for clocks that differ.
            LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(1);
            texts.add("e.day >= ?");
            values.add((connection, statement, index) -> statement.setObject(index, day));
        }
        return this;
    }

    Conditions to(@Nullable Instant to) {
        if (to != null) {
            at("e.recorded <= ?", to);
        }
        return this;
    }

    private void at(String text, Instant instant) {
        texts.add(text);
        values.add((connection, statement, index) -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC)));
    }

    /** @param text with one {@code ?} for an array of texts */
    Conditions any(String text, List<String> alternatives) {
        if (!alternatives.isEmpty()) {
            texts.add(text);
            values.add((connection, statement, index) -> statement.setArray(index, array(connection, alternatives)));
        }
        return this;
    }

    /** @param text in which each {@code ?} stands for the UUID */
    Conditions is(String text, UUID id) {
        texts.add(text);
        text.chars()
                .filter(character -> character == '?')
                .forEach(place -> values.add((connection, statement, index) -> statement.setObject(index, id)));
        return this;
    }

    Conditions literally(String text) {
        texts.add(text);
        return this;
    }

    /** Adds alternatives, each a condition on one UUID or on an array of texts; at least one. */
    Conditions oneOf(List<Conditions> alternatives) {
        texts.add(alternatives.stream()
                .map(alternative -> String.join(" AND ", alternative.texts))
                .collect(Collectors.joining(" OR ", "(", ")")));
        alternatives.forEach(alternative -> values.addAll(alternative.values));
        return this;
    }

    String where() {
        return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
    }

    /** @param select text that contains {@link #where} and nothing else with a {@code ?} before it */
    PreparedStatement prepare(Connection connection, String select) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(select);
        for (int i = 0; i < values.size(); i++) {
            values.get(i).set(connection, statement, i + 1);
        }
        return statement;
    }

    private static Array array(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
