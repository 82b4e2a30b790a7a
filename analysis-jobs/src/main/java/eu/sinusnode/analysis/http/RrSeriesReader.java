package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.reading.PatientReadings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the recordings of RR intervals of many patients, in a stream of some patients each. */
final class RrSeriesReader {

    /** The newest recordings of a patient that are looked at. */
    static final int NEWEST = 40;

    /** So many ids fit into a URL, and their recordings into memory. */
    static final int TOGETHER = 50;

    private static final String NDJSON = "application/fhir+ndjson";

    private final FhirHttp fhir;

    RrSeriesReader(FhirHttp fhir) {
        this.fhir = fhir;
    }

    /**
     * The same readings with the recordings that began by then; nothing is added to whom the server no longer gives any.
     *
     * @param withSeries ids of those who may have some
     */
    List<PatientReadings> addTo(List<PatientReadings> readings, List<String> withSeries, Instant asOf) {
        Map<String, RrIntervalLines.OfPatient> found = new HashMap<>();
        for (int first = 0; first < withSeries.size(); first += TOGETHER) {
            List<String> together = withSeries.subList(first, Math.min(withSeries.size(), first + TOGETHER));
            found.putAll(fhir.get(
                    "$rr-intervals?patient=" + encode(String.join(",", together)) + "&newest=" + NEWEST + "&until="
                            + encode(asOf.toString()),
                    NDJSON,
                    RrIntervalLines::read));
        }
        List<PatientReadings> complete = new ArrayList<>();
        for (PatientReadings one : readings) {
            RrIntervalLines.OfPatient own = found.getOrDefault(one.patient(), RrIntervalLines.OfPatient.NOTHING);
            complete.add(one.withSeries(own.series(), own.refused()));
        }
        return complete;
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
