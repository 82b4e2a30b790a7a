package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RefusedSeries;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Reads a patient's recordings of RR intervals: the Observation, the DocumentReference it is derived from, and the Binary
 * that holds the intervals. What is no list of beat-to-beat intervals is refused with a reason; averaged heart rates
 * above all.
 */
final class RrSeriesReader {

    /** The newest recordings of a patient that are looked at. */
    static final int NEWEST = 40;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double LEAST_COVERAGE = 0.6;
    private static final double MOST_COVERAGE = 1.2;

    private final FhirHttp fhir;

    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    RrSeriesReader(FhirHttp fhir) {
        this.fhir = fhir;
    }

    PatientReadings addTo(PatientReadings readings, Instant asOf) {
        String query = "Observation?patient=" + encode(readings.patient()) + "&code="
                + encode(Canonicals.OBSERVATION_CODES + "|" + Codes.RR_INTERVAL_SERIES)
                + "&date=" + encode("le" + asOf) + "&_sort=-date&_count=" + NEWEST;
        List<RrSeries> series = new ArrayList<>();
        List<RefusedSeries> refused = new ArrayList<>();
        for (Bundle.BundleEntryComponent entry : fhir.get(query, Bundle.class).getEntry()) {
            if (entry.getResource() instanceof Observation observation && isUsable(observation)) {
                OffsetDateTime start = start(observation);
                try {
                    series.add(read(observation, start));
                } catch (Refused reason) {
                    refused.add(new RefusedSeries(Versions.reference(observation), start, reason.reason()));
                }
            }
        }
        series.sort(
                Comparator.comparing((RrSeries one) -> one.start().toInstant()).reversed());
        return readings.withSeries(series, refused);
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

    private RrSeries read(Observation observation, OffsetDateTime start) throws Refused {
        DocumentReference document = document(observation);
        Attachment attachment = document.getContentFirstRep().getAttachment();
        Binary binary = read(attachment.getUrl(), Binary.class, "its Binary");
        byte[] content = binary.getData();
        if (content == null) {
            throw new Refused("its Binary is empty");
        }
        checkHash(attachment, content);
        int[] intervals = intervals(content);
        OffsetDateTime end =
                offsetDateTime(observation.getEffectivePeriod().getEndElement().getValueAsString());
        checkBeatToBeat(observation, intervals, Duration.between(start, end));
        return new RrSeries(
                Versions.reference(observation),
                List.of(Versions.reference(document), Versions.reference(binary)),
                start,
                end,
                intervals);
    }

    private DocumentReference document(Observation observation) throws Refused {
        String reference = observation.getDerivedFrom().stream()
                .map(Reference::getReference)
                .filter(url -> url != null && url.contains("DocumentReference/"))
                .findFirst()
                .orElseThrow(() -> new Refused("it names no DocumentReference"));
        return read(reference, DocumentReference.class, "its DocumentReference");
    }

    private <T extends Resource> T read(String url, Class<T> type, String what) throws Refused {
        IdType id = new IdType(url);
        if (!type.getSimpleName().equals(id.getResourceType()) || !id.hasIdPart()) {
            throw new Refused(what + " is not on this server");
        }
        try {
            return fhir.get(id.getResourceType() + "/" + encode(id.getIdPart()), type);
        } catch (RequestRefused refusal) {
            if (refusal.status() == 404 || refusal.status() == 403 || refusal.status() == 410) {
                throw new Refused(what + " is withheld or not there");
            }
            throw refusal;
        }
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

    private static OffsetDateTime start(Observation observation) {
        return offsetDateTime(observation.getEffectivePeriod().getStartElement().getValueAsString());
    }

    private static OffsetDateTime offsetDateTime(String value) {
        return OffsetDateTime.parse(value);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
