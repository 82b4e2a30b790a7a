package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.reading.PatientRange;
import eu.sinusnode.analysis.reading.PatientReadings;
import eu.sinusnode.analysis.reading.ReadingSource;
import eu.sinusnode.analysis.work.Workers;
import eu.sinusnode.profiles.Codes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Readings over HTTP: vitals as one stream a range, recordings of RR intervals, diagnoses and medication as FHIR resources. */
public final class HttpReadingSource implements ReadingSource {

    private static final String NDJSON = "application/fhir+ndjson";

    private final FhirHttp fhir;
    private final RrSeriesReader series;
    private final PatientFactsReader facts;
    private final Workers workers;

    public HttpReadingSource(FhirHttp fhir, Workers workers) {
        this.fhir = fhir;
        this.series = new RrSeriesReader(fhir);
        this.facts = new PatientFactsReader(fhir);
        this.workers = workers;
    }

    @Override
    public PatientRange read(@Nullable String after, int patients, Instant asOf) {
        String cursor = after == null ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
        PatientRange range = fhir.get("$vital-readings?patients=" + patients + cursor, NDJSON, VitalReadingLines::read);
        List<PatientReadings> complete = workers.map(range.patients(), readings -> complete(readings, asOf));
        return new PatientRange(complete, range.last(), range.more());
    }

    private PatientReadings complete(PatientReadings readings, Instant asOf) {
        PatientReadings withSeries = isWithheld(readings) ? readings : series.addTo(readings, asOf);
        return facts.addTo(withSeries);
    }

    private static boolean isWithheld(PatientReadings readings) {
        return readings.withheld().contains(Codes.RR_INTERVAL_SERIES)
                || readings.withheld().contains("Observation");
    }
}
