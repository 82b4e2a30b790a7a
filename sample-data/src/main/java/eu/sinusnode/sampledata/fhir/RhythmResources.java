package eu.sinusnode.sampledata.fhir;

import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.sampledata.rhythm.Recording;
import eu.sinusnode.sampledata.rhythm.RrSeries;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A recording of beats: the Binary with the intervals, the DocumentReference to it, the Observation that sums it up. */
public final class RhythmResources {

    private static final String JSON = "application/json";
    private static final String OBSERVATION_CATEGORY_PROCEDURE = "procedure";

    private RhythmResources() {}

    /** The id of the recording's Observation. */
    public static String id(Subject subject, Recording recording) {
        return subject.id("rr-series/" + recording.number());
    }

    public static void write(BundleWriter bundle, Subject subject, Recording recording) {
        byte[] content = content(recording.series());
        String binary = subject.id("rr-binary/" + recording.number());
        String document = subject.id("rr-document/" + recording.number());
        binary(bundle, subject, binary, content);
        document(bundle, subject, recording, document, binary, content);
        observation(bundle, subject, recording, document);
    }

    /** {@code {"unit":"ms","intervals":[812,790,…]}}. */
    static byte[] content(RrSeries series) {
        StringBuilder json = new StringBuilder("{\"unit\":\"ms\",\"intervals\":[");
        String separator = "";
        for (int interval : series.intervals()) {
            json.append(separator).append(interval);
            separator = ",";
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void binary(BundleWriter bundle, Subject subject, String id, byte[] content) {
        bundle.resource("Binary", id)
                .text("contentType", JSON)
                .reference("securityContext", "Patient", subject.id())
                .text("data", Base64.getEncoder().encodeToString(content));
        bundle.endResource("Binary", id);
    }

    private static void document(
            BundleWriter bundle, Subject subject, Recording recording, String id, String binary, byte[] content) {
        bundle.resource("DocumentReference", id)
                .text("status", "current")
                .concept("type", Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES)
                .reference("subject", "Patient", subject.id())
                .text("date", end(subject, recording))
                .array("content")
                .object()
                .object("attachment")
                .text("contentType", JSON)
                .text("url", "Binary/" + binary)
                .number("size", content.length)
                .text("hash", Base64.getEncoder().encodeToString(Sha1.of(content)))
                .end()
                .end()
                .endArray();
        bundle.endResource("DocumentReference", id);
    }

    private static void observation(BundleWriter bundle, Subject subject, Recording recording, String document) {
        String id = id(subject, recording);
        RrSeries series = recording.series();
        Json json = bundle.resource("Observation", id)
                .array("identifier")
                .identifier(Canonicals.VITAL_IDENTIFIER, subject.serial("RR") + "-" + recording.number())
                .endArray()
                .text("status", "final")
                .onlyConcept("category", Codes.OBSERVATION_CATEGORY, OBSERVATION_CATEGORY_PROCEDURE)
                .concept("code", Canonicals.OBSERVATION_CODES, Codes.RR_INTERVAL_SERIES)
                .reference("subject", "Patient", subject.id())
                .object("effectivePeriod")
                .text("start", start(subject, recording))
                .text("end", end(subject, recording))
                .end()
                .reference("device", "Device", subject.rhythmDevice())
                .onlyReference("derivedFrom", "DocumentReference", document)
                .array("component");
        json.object()
                .concept("code", Canonicals.OBSERVATION_CODES, Codes.BEAT_COUNT)
                .object("valueQuantity")
                .number("value", series.beats())
                .unit("beats", "{beats}")
                .end()
                .end();
        milliseconds(json, Canonicals.OBSERVATION_CODES, Codes.MEAN_RR, series.mean());
        milliseconds(json, Codes.LOINC, Codes.SDNN, series.sdnn());
        milliseconds(json, Canonicals.OBSERVATION_CODES, Codes.RMSSD, series.rmssd());
        json.endArray();
        bundle.endResource("Observation", id);
    }

    private static void milliseconds(Json json, String system, String code, double value) {
        json.object()
                .concept("code", system, code)
                .object("valueQuantity")
                .tenths("value", Math.round(value * 10))
                .unit("ms", "ms")
                .end()
                .end();
    }

    private static String start(Subject subject, Recording recording) {
        return DateTimes.format(recording.second(), subject.timeline().offset(recording.second()));
    }

    private static String end(Subject subject, Recording recording) {
        long end = recording.second() + Recording.SECONDS;
        return DateTimes.format(end, subject.timeline().offset(end));
    }

    /** FHIR fixes SHA-1 for Attachment.hash: it finds damage, it is no protection. */
}
