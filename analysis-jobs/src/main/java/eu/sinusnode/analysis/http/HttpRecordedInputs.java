package eu.sinusnode.analysis.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.facts.PatientFacts;
import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.replay.InputNotThere;
import eu.sinusnode.analysis.replay.RecordedInputs;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** Versions read by {@code [type]/[id]/_history/[version]}: what consent closes now and what is erased is not there. */
public final class HttpRecordedInputs implements RecordedInputs {

    private static final Set<String> OF_FACTS =
            Set.of("Patient", "Condition", "MedicationRequest", "Observation", "Goal");
    private static final String FHIR_JSON = "application/fhir+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FhirHttp fhir;

    public HttpRecordedInputs(FhirHttp fhir) {
        this.fhir = fhir;
    }

    @Override
    public List<VitalReading> vitals(ReplayManifest.Vital of) throws InputNotThere {
        return VitalsOfObservation.of(read(of.version(), Observation.class), of.device(), of.setting());
    }

    @Override
    public RrSeries series(ReplayManifest.Series of) throws InputNotThere {
        Observation observation = read(of.version(), Observation.class);
        DocumentReference document = read(of.sources().get(0), DocumentReference.class);
        Binary binary = read(of.sources().get(1), Binary.class);
        try {
            return RrSeriesOfResources.of(observation, document, binary);
        } catch (RrSeriesOfResources.Refused changed) {
            // No recording any more: nothing that the manifest's hash is of.
            return new RrSeries(
                    of.version(),
                    of.sources(),
                    RrSeriesOfResources.start(observation),
                    RrSeriesOfResources.start(observation),
                    new int[0]);
        }
    }

    /** Of a Patient the server gives what rules ask for alone, as it does in the stream of readings. */
    @Override
    public PatientFacts facts(String version) throws InputNotThere {
        requireOfType(version, OF_FACTS);
        String path = version.startsWith("Patient/")
                ? "$risk-input?version=" + URLEncoder.encode(version, StandardCharsets.UTF_8)
                : version;
        return FactsOfResources.of(there(version, () -> fhir.<JsonNode>get(path, FHIR_JSON, JSON::readTree)));
    }

    private <T extends Resource> T read(String version, Class<T> type) throws InputNotThere {
        requireOfType(version, Set.of(type.getSimpleName()));
        return Versions.inId(there(version, () -> fhir.get(version, type)));
    }

    private static void requireOfType(String version, Set<String> types) throws InputNotThere {
        IdType id = new IdType(version);
        if (!types.contains(String.valueOf(id.getResourceType())) || !id.hasIdPart() || !id.hasVersionIdPart()) {
            throw new InputNotThere(version);
        }
    }

    private static <T> T there(String version, Supplier<T> read) throws InputNotThere {
        try {
            return read.get();
        } catch (RequestRefused refusal) {
            if (refusal.status() == 404 || refusal.status() == 410) {
                throw new InputNotThere(version);
            }
            throw refusal;
        }
    }
}
