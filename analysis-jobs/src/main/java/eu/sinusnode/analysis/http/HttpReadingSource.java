package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.RangeRequest;
import eu.sinusnode.analysis.reading.ReadingSource;
import eu.sinusnode.analysis.reading.UnknownSequence;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Readings over HTTP: vitals and what rules ask for beside them as one stream a range, recordings of RR intervals as another. */
public final class HttpReadingSource implements ReadingSource {

    private static final String NDJSON = "application/fhir+ndjson";

    private final FhirHttp fhir;
    private final RrSeriesReader series;

    public HttpReadingSource(FhirHttp fhir) {
        this.fhir = fhir;
        this.series = new RrSeriesReader(fhir);
    }

    @Override
    public PatientRange read(RangeRequest request) {
        PatientRange range = stream(request);
        List<String> withSeries = range.patients().stream()
                .filter(readings ->
                        !isWithheld(readings) && range.mayHave(readings.patient(), Codes.RR_INTERVAL_SERIES))
                .map(PatientReadings::patient)
                .toList();
        return range.with(series.addTo(range.patients(), withSeries, request.asOf()));
    }

    private PatientRange stream(RangeRequest request) {
        try {
            return fhir.get("$vital-readings?" + query(request), NDJSON, VitalReadingLines::read);
        } catch (RequestRefused refusal) {
            if (request.since() != null && refusal.status() == 400) {
                throw new UnknownSequence(refusal);
            }
            throw refusal;
        }
    }

    private static String query(RangeRequest request) {
        StringBuilder query = new StringBuilder("patients=").append(request.patients());
        if (request.after() != null) {
            query.append("&after=").append(URLEncoder.encode(request.after(), StandardCharsets.UTF_8));
        }
        if (request.through() != null) {
            query.append("&through=").append(URLEncoder.encode(request.through(), StandardCharsets.UTF_8));
        }
        if (request.since() != null) {
            query.append("&since=").append(request.since());
        }
        return query.toString();
    }

    private static boolean isWithheld(PatientReadings readings) {
        return readings.withheld().contains(Codes.RR_INTERVAL_SERIES)
                || readings.withheld().contains("Observation");
    }
}
