package eu.sinusnode.analysis.manifest;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.facts.Recorded;
import eu.sinusnode.analysis.model.ModelFiles;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RefusedSeries;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.risk.GivenInputs;
import eu.sinusnode.analysis.risk.RiskResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a flag was computed from, without a value of it: versions of resources, the model, the program, the instant. With
 * the resources in these versions the same number can be computed again.
 *
 * @param format 2; 1 had no other facts
 * @param model as {@link eu.sinusnode.analysis.risk.ModelIdentity#label}: id, version and hash
 * @param code the program's {@link ScoringCode#sha256}
 * @param asOf instant of the run, ISO 8601
 * @param withheld codes and types that consent kept back
 * @param vitals Observations, in the order of their references
 * @param series recordings of RR intervals, in the order that they were given
 * @param refused recordings that were not used, and why
 * @param facts versions of the Patient, of Observations that are no vital signs, and of a clinician's limits
 * @param result {@link ResultHash} of what was found
 */
@JsonPropertyOrder({
    "format",
    "model",
    "code",
    "asOf",
    "withheld",
    "vitals",
    "series",
    "refused",
    "diagnoses",
    "drugs",
    "facts",
    "result"
})
public record ReplayManifest(
        int format,
        String model,
        String code,
        String asOf,
        List<String> withheld,
        List<Vital> vitals,
        List<Series> series,
        List<Refused> refused,
        Facts diagnoses,
        Facts drugs,
        List<Fact> facts,
        String result) {

    private static final int FORMAT = 2;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public ReplayManifest {
        facts = facts == null ? List.of() : facts;
    }

    /**
     * An Observation of vital signs.
     *
     * @param version e.g. {@code Observation/17/_history/2}
     * @param device kind of the measuring device as the server told it then; null when not known
     * @param setting null when not stated
     * @param said {@link Said#of(List)} of its readings
     */
    public record Vital(
            String version,
            @Nullable String device,
            @Nullable String setting,
            String said) {}

    /**
     * A recording of RR intervals.
     *
     * @param sources versions of the DocumentReference and the Binary
     * @param said {@link Said#of(RrSeries)}
     */
    public record Series(String version, List<String> sources, String said) {}

    /** A recording that was not used. @param start ISO 8601 */
    public record Refused(String version, String start, String reason) {}

    /** A Patient, an Observation that is no vital sign, or a Goal. @param said {@link Said#of(PatientFacts)} */
    public record Fact(String version, String said) {}

    /**
     * Diagnoses or drugs.
     *
     * @param found versions of the resources that name each, by its constant
     * @param unread why what is not found is not known; null when all was read
     */
    public record Facts(
            Map<String, List<String>> found, @Nullable String unread) {

        private static <E extends Enum<E>> Facts of(Recorded<E> recorded) {
            TreeMap<String, List<String>> found = new TreeMap<>();
            recorded.found()
                    .forEach((what, versions) ->
                            found.put(what.name(), versions.stream().sorted().toList()));
            return new Facts(found, recorded.unread());
        }
    }

    public static ReplayManifest of(RiskResult.Raised raised, GivenInputs given) {
        PatientReadings readings = given.readings();
        PatientFacts facts = readings.facts();
        return new ReplayManifest(
                FORMAT,
                raised.model().label(),
                ScoringCode.sha256(),
                given.asOf().toString(),
                readings.withheld(),
                vitals(readings.vitals()),
                readings.series().stream()
                        .map(one -> new Series(one.reference(), one.sources(), Said.of(one)))
                        .toList(),
                readings.refused().stream().map(ReplayManifest::refused).toList(),
                Facts.of(facts.diagnoses()),
                Facts.of(facts.drugs()),
                facts.otherReferences().stream()
                        .map(version -> new Fact(version, Said.of(facts.saidBy(version))))
                        .toList(),
                ResultHash.of(raised));
    }

    private static List<Vital> vitals(List<VitalReading> readings) {
        Map<String, List<VitalReading>> byVersion = new TreeMap<>();
        readings.forEach(reading -> byVersion
                .computeIfAbsent(reading.reference(), ignored -> new ArrayList<>())
                .add(reading));
        List<Vital> vitals = new ArrayList<>();
        byVersion.forEach((version, said) ->
                vitals.add(new Vital(version, said.get(0).device(), said.get(0).setting(), Said.of(said))));
        return vitals;
    }

    private static Refused refused(RefusedSeries one) {
        return new Refused(one.reference(), one.start().toString(), one.reason());
    }

    /** UTF-8 JSON without white space; the same manifest gives the same bytes. */
    public byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The manifest could not be written as JSON", e);
        }
    }

    /** Lower-case hexadecimal, of {@link #bytes}. */
    public String sha256() {
        return ModelFiles.sha256(bytes());
    }

    /**
     * @param sha256 that the flag names
     * @throws IOException when the bytes are others than the flag's, or no manifest of a format that is known
     */
    public static ReplayManifest read(byte[] bytes, String sha256) throws IOException {
        if (!ModelFiles.sha256(bytes).equals(sha256)) {
            throw new IOException("The manifest in the Provenance is not the one whose SHA-256 the flag names.");
        }
        ReplayManifest read = JSON.readValue(new String(bytes, StandardCharsets.UTF_8), ReplayManifest.class);
        if (read.format() < 1 || read.format() > FORMAT) {
            throw new IOException(
                    "The manifest has format %d; this program knows %d.".formatted(read.format(), FORMAT));
        }
        return read;
    }

    /** Versions of all resources that it names, each once: what has to be there to compute again. */
    public List<String> versions() {
        Map<String, Boolean> versions = new LinkedHashMap<>();
        vitals.forEach(one -> versions.put(one.version(), true));
        for (Series one : series) {
            versions.put(one.version(), true);
            one.sources().forEach(source -> versions.put(source, true));
        }
        for (Facts named : List.of(diagnoses, drugs)) {
            named.found().values().forEach(of -> of.forEach(version -> versions.put(version, true)));
        }
        facts.forEach(one -> versions.put(one.version(), true));
        return List.copyOf(versions.keySet());
    }
}
