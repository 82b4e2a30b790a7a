package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RefusedSeries;
import eu.sinusnode.analysis.reading.RrSeries;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    private final FhirHttp fhir;

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
                OffsetDateTime start = RrSeriesOfResources.start(observation);
                try {
                    series.add(read(observation));
                } catch (RrSeriesOfResources.Refused reason) {
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

    private RrSeries read(Observation observation) throws RrSeriesOfResources.Refused {
        DocumentReference document = document(observation);
        Binary binary = read(document.getContentFirstRep().getAttachment().getUrl(), Binary.class, "its Binary");
        return RrSeriesOfResources.of(observation, document, binary);
    }

    private DocumentReference document(Observation observation) throws RrSeriesOfResources.Refused {
        String reference = observation.getDerivedFrom().stream()
                .map(Reference::getReference)
                .filter(url -> url != null && url.contains("DocumentReference/"))
                .findFirst()
                .orElseThrow(() -> new RrSeriesOfResources.Refused("it names no DocumentReference"));
        return read(reference, DocumentReference.class, "its DocumentReference");
    }

    private <T extends Resource> T read(String url, Class<T> type, String what) throws RrSeriesOfResources.Refused {
        IdType id = new IdType(url);
        if (!type.getSimpleName().equals(id.getResourceType()) || !id.hasIdPart()) {
            throw new RrSeriesOfResources.Refused(what + " is not on this server");
        }
        try {
            return fhir.get(id.getResourceType() + "/" + encode(id.getIdPart()), type);
        } catch (RequestRefused refusal) {
            if (refusal.status() == 404 || refusal.status() == 403 || refusal.status() == 410) {
                throw new RrSeriesOfResources.Refused(what + " is withheld or not there");
            }
            throw refusal;
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
