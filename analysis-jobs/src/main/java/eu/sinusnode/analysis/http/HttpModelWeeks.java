package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.watch.ModelWeek;
import eu.sinusnode.analysis.watch.WatchState.Shadow;
import eu.sinusnode.profiles.Canonicals;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Weeks of models as MeasureReports on the FHIR server: one a model, of nobody's record. */
public final class HttpModelWeeks {

    /** Identifier system of a report: the model's label and the end of the week. */
    static final String IDENTIFIER = "https://sinusnode.eu/sid/model-week";

    private static final Duration WEEK = Duration.ofDays(7);

    private final FhirHttp fhir;

    public HttpModelWeeks(FhirHttp fhir) {
        this.fhir = fhir;
    }

    /** @param shadow why the model's flags are not written; null when they are */
    public void report(ModelWeek week, @Nullable Shadow shadow, Instant now) {
        fhir.post("MeasureReport", of(week, shadow, now), MeasureReport.class);
    }

    static MeasureReport of(ModelWeek week, @Nullable Shadow shadow, Instant now) {
        Instant end = Instant.parse(week.end());
        MeasureReport report = new MeasureReport();
        report.addIdentifier().setSystem(IDENTIFIER).setValue(week.model() + "|" + week.end());
        report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
        report.setMeasure(Canonicals.MODEL_WATCH);
        report.setDateElement(utc(now));
        report.setPeriod(new Period().setStartElement(utc(end.minus(WEEK))).setEndElement(utc(end)));
        figure(report, "patients", week.patients());
        figure(report, "risk raised at the end of the week", week.raised());
        figure(report, "flags per 100 patients and day", week.alertsPer100PatientsAndDay());
        figure(report, "flags accepted", week.accepted());
        figure(report, "flags overridden", week.overridden());
        if (week.agreement() != null) {
            figure(report, "share accepted", week.agreement().value());
            figure(
                    report,
                    "share accepted, lower end of the 95 % interval",
                    week.agreement().low());
            figure(
                    report,
                    "share accepted, upper end of the 95 % interval",
                    week.agreement().high());
        }
        figure(report, "mean probability that decided flags told", week.predicted());
        figure(report, "sign-offs that became due", week.due());
        figure(report, "share of them that was overdue", week.overdue());
        week.drift().forEach((feature, drift) -> {
            figure(report, "PSI of " + feature, drift.psi());
            figure(report, "PSI of " + feature + " against the training data", drift.psiToTraining());
        });
        figure(report, "in the shadow", shadow == null ? 0 : 1);
        if (shadow != null) {
            shadow.reasons()
                    .forEach(reason -> group(report, "In the shadow since %s. %s".formatted(shadow.since(), reason)));
        }
        return report;
    }

    /** What is null is not told, or not known. */
    private static void figure(MeasureReport report, String name, @Nullable Number value) {
        if (value != null) {
            group(report, name).setMeasureScore(new Quantity().setValue(new BigDecimal(value.toString())));
        }
    }

    private static MeasureReportGroupComponent group(MeasureReport report, String name) {
        return report.addGroup().setCode(new CodeableConcept().setText(name));
    }

    private static DateTimeType utc(Instant instant) {
        return new DateTimeType(instant.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
