package eu.sinusnode.analysis.http;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What MeasureReports of the analysis have in common: one group a figure or remark, named in {@code code.text}. */
final class Reports {

    private Reports() {}

    /** Stored once, however often it is sent: by its identifier. */
    static void storeOnce(FhirHttp fhir, MeasureReport report) {
        Identifier identifier = report.getIdentifierFirstRep();
        Bundle transaction = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        transaction
                .addEntry()
                .setResource(report)
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("MeasureReport")
                .setIfNoneExist("identifier=" + identifier.getSystem() + "|"
                        + URLEncoder.encode(identifier.getValue(), StandardCharsets.UTF_8));
        fhir.post("", transaction);
    }

    /** What is null is not told, or not known. */
    static void figure(MeasureReport report, String name, @Nullable Number value) {
        if (value != null) {
            group(report, name).setMeasureScore(new Quantity().setValue(new BigDecimal(value.toString())));
        }
    }

    static void remark(MeasureReport report, String words) {
        group(report, words);
    }

    private static MeasureReportGroupComponent group(MeasureReport report, String name) {
        return report.addGroup().setCode(new CodeableConcept().setText(name));
    }

    static DateTimeType utc(Instant instant) {
        return new DateTimeType(instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
