package eu.sinusnode.analysis.http;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import eu.sinusnode.analysis.reading.RefusedSeries;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.retry.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of {@code $rr-intervals}: for each patient a line of kind {@code patient}, then the series in lines of kind
 * {@code series}; at the end a line of kind {@code end}. Without that line the stream was cut off. What is no list of
 * beat-to-beat intervals is refused with a reason; averaged heart rates above all.
 */
final class RrIntervalLines {

    private static final ObjectReader LINES = new ObjectMapper().readerFor(JsonNode.class);

    /** Of one patient; usable series with the latest first. */
    record OfPatient(List<RrSeries> series, List<RefusedSeries> refused) {

        static final OfPatient NOTHING = new OfPatient(List.of(), List.of());
    }

    private final Map<String, List<RrSeries>> series = new HashMap<>();
    private final Map<String, List<RefusedSeries>> refused = new HashMap<>();

    private RrIntervalLines() {}

    /** @throws TransientFailure when the stream was cut off or a line cannot be read */
    static Map<String, OfPatient> read(InputStream body) throws IOException {
        RrIntervalLines read = new RrIntervalLines();
        try (MappingIterator<JsonNode> lines = LINES.readValues(body)) {
            while (lines.hasNextValue()) {
                JsonNode line = lines.nextValue();
                switch (line.path("kind").asText()) {
                    case "patient" -> read.begin(line.path("patient").asText());
                    case "series" -> read.add(line);
                    case "end" -> {
                        return read.all();
                    }
                    default -> throw new TransientFailure("The stream of series holds a line of an unknown kind");
                }
            }
        } catch (JsonProcessingException | DataFormatException e) {
            // Its message quotes the line.
            throw new TransientFailure("The stream of series was cut off in a line");
        }
        throw new TransientFailure("The stream of series was cut off: its last line is missing");
    }

    private void begin(String patient) {
        series.put(patient, new ArrayList<>());
        refused.put(patient, new ArrayList<>());
    }

    private void add(JsonNode line) {
        List<RrSeries> usable = series.get(line.path("patient").asText());
        List<RefusedSeries> unusable = refused.get(line.path("patient").asText());
        Observation observation = resource(line.path("observation"), Observation.class);
        if (usable == null || unusable == null || observation == null) {
            throw new TransientFailure("The stream of series holds one outside its patient");
        }
        if (isUsable(observation)) {
            try {
                usable.add(series(
                        observation,
                        resource(line.path("document"), DocumentReference.class),
                        resource(line.path("content"), Binary.class)));
            } catch (RrSeriesOfResources.Refused reason) {
                unusable.add(new RefusedSeries(
                        Versions.reference(observation), RrSeriesOfResources.start(observation), reason.reason()));
            }
        }
    }

    private static boolean isUsable(Observation observation) {
        return switch (observation.getStatus()) {
            case FINAL, AMENDED, CORRECTED ->
                observation.hasEffectivePeriod()
                        && observation.getEffectivePeriod().hasStart()
                        && observation.getEffectivePeriod().hasEnd();
            default -> false;
        };
    }

    private static RrSeries series(
            Observation observation, @Nullable DocumentReference document, @Nullable Binary content)
            throws RrSeriesOfResources.Refused {
        if (document == null) {
            boolean named = observation.getDerivedFrom().stream()
                    .map(Reference::getReference)
                    .anyMatch(url -> url != null && url.contains("DocumentReference/"));
            throw new RrSeriesOfResources.Refused(
                    named ? "its DocumentReference is withheld or not there" : "it names no DocumentReference");
        }
        if (content == null) {
            throw new RrSeriesOfResources.Refused("its Binary is withheld or not there");
        }
        return RrSeriesOfResources.of(observation, document, content);
    }

    private static <T extends Resource> @Nullable T resource(JsonNode said, Class<T> type) {
        return said.isObject() ? FhirContext.forR4Cached().newJsonParser().parseResource(type, said.toString()) : null;
    }

    private Map<String, OfPatient> all() {
        Map<String, OfPatient> all = new HashMap<>();
        series.forEach((patient, own) -> {
            own.sort(Comparator.comparing((RrSeries one) -> one.start().toInstant())
                    .reversed());
            all.put(patient, new OfPatient(List.copyOf(own), List.copyOf(refused.getOrDefault(patient, List.of()))));
        });
        return all;
    }
}
