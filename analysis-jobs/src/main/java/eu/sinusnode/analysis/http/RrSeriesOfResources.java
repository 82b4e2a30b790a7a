package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;

/** From an Observation, its DocumentReference and its Binary to a recording of beat-to-beat intervals, or why it is none. */
final class RrSeriesOfResources {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double LEAST_COVERAGE = 0.6;
    private static final double MOST_COVERAGE = 1.2;

    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private RrSeriesOfResources() {}

    /** @param observation with a period that has a start and an end */
    static RrSeries of(Observation observation, DocumentReference document, Binary binary) throws Refused {
        byte[] content = binary.getData();
        if (content == null) {
            throw new Refused("its Binary is empty");
        }
        checkHash(document.getContentFirstRep().getAttachment(), content);
        int[] intervals = intervals(content);
        OffsetDateTime start = start(observation);
        OffsetDateTime end = OffsetDateTime.parse(
                observation.getEffectivePeriod().getEndElement().getValueAsString());
        checkBeatToBeat(observation, intervals, Duration.between(start, end));
        return new RrSeries(
                Versions.reference(observation),
                List.of(Versions.reference(document), Versions.reference(binary)),
                start,
                end,
                intervals);
    }

    static OffsetDateTime start(Observation observation) {
        return OffsetDateTime.parse(
                observation.getEffectivePeriod().getStartElement().getValueAsString());
    }

    private static void checkHash(Attachment attachment, byte[] content) throws Refused {
        byte[] stated = attachment.getHash();
        if (stated == null) {
            return;
        }
        try {
            String algorithm = stated.length == 32 ? "SHA-256" : "SHA-1";
            byte[] actual = MessageDigest.getInstance(algorithm).digest(content);
            if (!Arrays.equals(stated, actual)) {
                throw new Refused("its intervals do not match the hash in the DocumentReference");
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1 and SHA-256", e);
        }
    }

    private static int[] intervals(byte[] content) throws Refused {
        try {
            JsonNode node = JSON.readTree(content);
            if (!"ms".equals(node.path("unit").asText())
                    || !node.path("intervals").isArray()) {
                throw new Refused("its Binary holds no intervals in ms");
            }
            int[] intervals = new int[node.path("intervals").size()];
            for (int i = 0; i < intervals.length; i++) {
                JsonNode interval = node.path("intervals").get(i);
                if (!interval.isNumber()) {
                    throw new Refused("an interval is not a number");
                }
                intervals[i] = (int) Math.round(interval.asDouble());
            }
            return intervals;
        } catch (JsonProcessingException e) {
            throw new Refused("its Binary is no JSON");
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory could not be read", e);
        }
    }

    /** Beat-to-beat intervals fill the time they were recorded in; samples of an averaged heart rate do not. */
    private static void checkBeatToBeat(Observation observation, int[] intervals, Duration recorded) throws Refused {
        long sum = Arrays.stream(intervals).asLongStream().sum();
        double coverage = sum / (double) Math.max(1, recorded.toMillis());
        if (coverage < LEAST_COVERAGE || coverage > MOST_COVERAGE) {
            throw new Refused("its intervals do not fill the recorded time, as averaged heart rates would not");
        }
        boolean miscounted = observation.getComponent().stream()
                .filter(component -> component.getCode().getCoding().stream()
                        .anyMatch(coding -> Codes.BEAT_COUNT.equals(coding.getCode())))
                .filter(Observation.ObservationComponentComponent::hasValueQuantity)
                .anyMatch(component ->
                        Math.abs(component.getValueQuantity().getValue().doubleValue() - intervals.length) > 1);
        if (miscounted) {
            throw new Refused("it holds another number of intervals than it states");
        }
    }
}
