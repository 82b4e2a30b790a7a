package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.facts.Diagnosis;
import eu.sinusnode.analysis.facts.DrugClass;
import eu.sinusnode.analysis.manifest.ReplayManifest;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.analysis.reading.VitalReading;
import eu.sinusnode.analysis.replay.InputNotThere;
import eu.sinusnode.analysis.replay.RecordedInputs;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** Versions read by {@code [type]/[id]/_history/[version]}: what consent closes now and what is erased is not there. */
public final class HttpRecordedInputs implements RecordedInputs {

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

    @Override
    public Set<Diagnosis> diagnoses(String version) throws InputNotThere {
        return FactsOfResources.diagnoses(List.of(read(version, Condition.class)))
                .found()
                .keySet();
    }

    @Override
    public Set<DrugClass> drugs(String version) throws InputNotThere {
        return FactsOfResources.drugs(List.of(read(version, MedicationRequest.class)))
                .found()
                .keySet();
    }

    private <T extends Resource> T read(String version, Class<T> type) throws InputNotThere {
        IdType id = new IdType(version);
        if (!type.getSimpleName().equals(id.getResourceType()) || !id.hasIdPart() || !id.hasVersionIdPart()) {
            throw new InputNotThere(version);
        }
        try {
            return Versions.inId(fhir.get(version, type));
        } catch (RequestRefused refusal) {
            if (refusal.status() == 404 || refusal.status() == 410) {
                throw new InputNotThere(version);
            }
            throw refusal;
        }
    }
}
