package eu.sinusnode.server.measurements;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.server.rest.GivenParameters;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * {@code Observation/$trend}: what was measured of a patient in buckets of the calendar, for a chart. Every bucket of the
 * time is there; one without measurements has a count of 0 and no values.
 */
public final class TrendOperation {

    private final TrendReader reader;
    private final PermittedRecords permitted;
    private final Measurements measurements;

    TrendOperation(TrendReader reader, PermittedRecords permitted, Measurements measurements) {
        this.reader = reader;
        this.permitted = permitted;
        this.measurements = measurements;
    }

    @Operation(name = "$trend", type = Observation.class, idempotent = true)
    public Parameters draw(@ResourceParam @Nullable Parameters body, RequestDetails request) {
        TrendAsked asked =
                reader.read(GivenParameters.of(request, body, TrendReader.PARAMETERS, false, AskedPatient::malformed));
        PermittedRecords.Of ofPatient = permitted.of(asked.patientId(), request);
        List<Series> series =
                measurements.read(ofPatient, asked.patientId(), asked.codes(), asked.period(), asked.source());
        CalendarStep step = CalendarStep.of(asked.period(), asked.zone(), asked.points());
        List<Instant> edges = step.edges(asked.period(), asked.zone());
        Parameters answer = new Parameters();
        answer.addParameter()
                .setName("zone")
                .setValue(new StringType(asked.zone().getId()));
        answer.addParameter().setName("step").setValue(new StringType(step.text()));
        series.forEach(each -> add(answer.addParameter().setName("series"), each, edges, asked.zone()));
        return answer;
    }

    private static void add(ParametersParameterComponent stated, Series series, List<Instant> edges, ZoneId zone) {
        part(stated, "code", new Coding(series.code().system(), series.code().code(), null));
        if (!series.unit().isEmpty()) {
            part(stated, "unit", new StringType(series.unit()));
        }
        part(stated, "count", new IntegerType(series.measurements().size()));
        for (Trend.Bucket bucket : Trend.of(series.measurements(), edges)) {
            ParametersParameterComponent each = stated.addPart().setName("bucket");
            part(each, "start", time(bucket.start(), zone));
            part(each, "end", time(bucket.end(), zone));
            part(each, "count", new IntegerType(bucket.count()));
            if (!bucket.isGap()) {
                part(each, "minimum", new DecimalType(Numbers.rounded(bucket.minimum())));
                part(each, "mean", new DecimalType(Numbers.rounded(bucket.mean())));
                part(each, "maximum", new DecimalType(Numbers.rounded(bucket.maximum())));
            }
        }
    }

    private static void part(ParametersParameterComponent of, String name, Type value) {
        of.addPart().setName(name).setValue(value);
    }

    private static DateTimeType time(Instant at, ZoneId zone) {
        DateTimeType time = new DateTimeType(Date.from(at));
        time.setTimeZone(TimeZone.getTimeZone(zone));
        return time;
    }
}
