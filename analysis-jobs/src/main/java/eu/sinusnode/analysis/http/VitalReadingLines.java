package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.retry.TransientFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of {@code $vital-readings}: for each patient a line of kind {@code patient} and then its readings; at
 * the end a line of kind {@code end}. Without that line the stream was cut off.
 */
final class VitalReadingLines {

    /** What the models use; other vitals are counted and not kept. */
    private static final Set<String> USED = Measurement.codes();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<PatientReadings> patients = new ArrayList<>();
    private final Map<String, Set<String>> beside = new HashMap<>();
    private @Nullable String patient;
    private List<String> withheld = List.of();
    private List<VitalReading> vitals = new ArrayList<>();
    private int count;

    private VitalReadingLines() {}

    /** @throws TransientFailure when the stream was cut off or a line cannot be read */
    static PatientRange read(InputStream body) throws IOException {
        VitalReadingLines lines = new VitalReadingLines();
        BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            JsonNode node = parse(line);
            switch (node.path("kind").asText()) {
                case "patient" -> lines.begin(node);
                case "reading" -> lines.add(node);
                case "end" -> {
                    return lines.end(node);
                }
                default -> throw new TransientFailure("The reading stream holds a line of an unknown kind");
            }
        }
        throw new TransientFailure("The reading stream was cut off: its last line is missing");
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new TransientFailure("The reading stream was cut off in a line");
        }
    }

    private void begin(JsonNode node) {
        finish();
        patient = node.path("patient").asText();
        List<String> names = new ArrayList<>();
        node.path("withheld").forEach(name -> names.add(name.asText()));
        withheld = List.copyOf(names);
        if (node.has("beside")) {
            Set<String> there = new HashSet<>();
            node.path("beside").forEach(name -> there.add(name.asText()));
            beside.put(patient, Set.copyOf(there));
        }
    }

    private void add(JsonNode node) {
        if (!node.path("patient").asText().equals(patient)) {
            throw new TransientFailure("The reading stream holds a reading outside its patient");
        }
        count++;
        if (USED.contains(node.path("code").asText())) {
            vitals.add(reading(node));
        }
    }

    private static VitalReading reading(JsonNode node) {
        try {
            return new VitalReading(
                    node.path("observation").asText(),
                    node.path("version").asText(),
                    node.path("code").asText(),
                    OffsetDateTime.parse(node.path("effective").asText()),
                    node.path("value").asDouble(Double.NaN),
                    node.path("unit").asText(),
                    node.path("status").asText(),
                    node.hasNonNull("device") ? node.path("device").asText() : null,
                    node.hasNonNull("setting") ? node.path("setting").asText() : null);
        } catch (DateTimeException e) {
            throw new TransientFailure("The reading stream holds a time without an offset", e);
        }
    }

    private PatientRange end(JsonNode node) {
        finish();
        return new PatientRange(
                List.copyOf(patients),
                Map.copyOf(beside),
                node.hasNonNull("last") ? node.path("last").asText() : null,
                node.path("more").asBoolean(),
                node.path("sequence").asLong());
    }

    private void finish() {
        if (patient != null) {
            patients.add(new PatientReadings(
                    patient, withheld, count, List.copyOf(vitals), List.of(), List.of(), PatientFacts.UNREAD));
        }
        patient = null;
        vitals = new ArrayList<>();
        count = 0;
    }
}
