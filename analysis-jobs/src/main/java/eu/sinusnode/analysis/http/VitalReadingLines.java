package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.quality.Measurement;
import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.retry.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of {@code $vital-readings}: for each patient a line of kind {@code patient}, then what rules ask for beside
 * readings in lines of kind {@code input}, then the readings; at the end a line of kind {@code end}. Without that line the stream was cut off.
 */
final class VitalReadingLines {

    /** What the models use; other vitals are counted and not kept. */
    private static final Set<String> USED = Measurement.codes();

    private static final ObjectReader LINES = new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .readerFor(Line.class);

    /** One line of any kind; what the kind does not have is null. */
    private record Line(
            @Nullable String kind,
            @Nullable String patient,
            @Nullable List<String> withheld,
            @Nullable Set<String> beside,
            @Nullable String observation,
            @Nullable String version,
            @Nullable String code,
            @Nullable String effective,
            @Nullable Double value,
            @Nullable String unit,
            @Nullable String status,
            @Nullable String device,
            @Nullable String setting,
            @Nullable JsonNode resource,
            @Nullable String last,
            boolean more,
            long sequence) {}

    private final List<PatientReadings> patients = new ArrayList<>();
    private final Map<String, Set<String>> beside = new HashMap<>();
    private @Nullable String patient;
    private List<String> withheld = List.of();
    private List<JsonNode> inputs = new ArrayList<>();
    private List<VitalReading> vitals = new ArrayList<>();
    private int count;

    private VitalReadingLines() {}

    /** @throws TransientFailure when the stream was cut off or a line cannot be read */
    static PatientRange read(InputStream body) throws IOException {
        VitalReadingLines read = new VitalReadingLines();
        try (MappingIterator<Line> lines = LINES.readValues(body)) {
            while (lines.hasNextValue()) {
                Line line = lines.nextValue();
                switch (said(line.kind())) {
                    case "patient" -> read.begin(line);
                    case "input" -> read.addInput(line);
                    case "reading" -> read.add(line);
                    case "end" -> {
                        return read.end(line);
                    }
                    default -> throw new TransientFailure("The reading stream holds a line of an unknown kind");
                }
            }
        } catch (JsonProcessingException e) {
            // Its message quotes the line.
            throw new TransientFailure("The reading stream was cut off in a line");
        }
        throw new TransientFailure("The reading stream was cut off: its last line is missing");
    }

    private void begin(Line line) {
        finish();
        String next = said(line.patient());
        patient = next;
        withheld = line.withheld() == null ? List.of() : List.copyOf(line.withheld());
        if (line.beside() != null) {
            beside.put(next, Set.copyOf(line.beside()));
        }
    }

    private void addInput(Line line) {
        if (!said(line.patient()).equals(patient) || line.resource() == null) {
            throw new TransientFailure("The reading stream holds an input outside its patient");
        }
        inputs.add(line.resource());
    }

    private void add(Line line) {
        if (!said(line.patient()).equals(patient)) {
            throw new TransientFailure("The reading stream holds a reading outside its patient");
        }
        count++;
        if (USED.contains(said(line.code()))) {
            vitals.add(reading(line));
        }
    }

    private static VitalReading reading(Line line) {
        try {
            return new VitalReading(
                    said(line.observation()),
                    said(line.version()),
                    said(line.code()),
                    OffsetDateTime.parse(said(line.effective())),
                    line.value() == null ? Double.NaN : line.value(),
                    said(line.unit()),
                    said(line.status()),
                    line.device(),
                    line.setting());
        } catch (DateTimeException e) {
            throw new TransientFailure("The reading stream holds a time without an offset", e);
        }
    }

    private static String said(@Nullable String text) {
        return text == null ? "" : text;
    }

    private PatientRange end(Line line) {
        finish();
        return new PatientRange(List.copyOf(patients), Map.copyOf(beside), line.last(), line.more(), line.sequence());
    }

    private void finish() {
        if (patient != null) {
            patients.add(
                    new PatientReadings(patient, withheld, count, List.copyOf(vitals), List.of(), List.of(), facts()));
        }
        patient = null;
        inputs = new ArrayList<>();
        vitals = new ArrayList<>();
        count = 0;
    }

    /** What the patient's consent does not open whole does not come, and is unread: else it would look like "none". */
    private PatientFacts facts() {
        PatientFacts facts = FactsOfResources.ofAll(inputs);
        return facts.with(
                withheld.contains("Condition") ? withheld("diagnoses") : facts.diagnoses(),
                withheld.contains("MedicationRequest") ? withheld("medication") : facts.drugs());
    }

    private static <E extends Enum<E>> Recorded<E> withheld(String what) {
        return Recorded.unread("The patient's consent does not open %s to automated analysis.".formatted(what));
    }
}
