package eu.sinusnode.analysis.http;

import static eu.sinusnode.analysis.http.Reports.figure;
import static eu.sinusnode.analysis.http.Reports.utc;

import eu.sinusnode.analysis.watch.Lift;
import eu.sinusnode.analysis.watch.ModelWeek;
import eu.sinusnode.analysis.watch.WatchState.Shadow;
import eu.sinusnode.analysis.watch.WeeklyWatch;
import eu.sinusnode.profiles.Canonicals;
import java.time.Duration;
import java.time.Instant;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/** Weeks of models as MeasureReports on the FHIR server: one a model and week, of nobody's record. */
public final class HttpModelWeeks implements WeeklyWatch.Reports {

    /** Identifier system of a report: the model's label and the end of the week. */
    static final String IDENTIFIER = "https://sinusnode.eu/sid/model-week";

    private static final Duration WEEK = Duration.ofDays(7);

    private final FhirHttp fhir;

    public HttpModelWeeks(FhirHttp fhir) {
        this.fhir = fhir;
    }

    /** Stored once, however often it is told. */
    @Override
    public void report(ModelWeek week, @Nullable Shadow shadow, @Nullable Lift lift, Instant now) {
        MeasureReport report = of(week, shadow, lift, now);
        Reports.storeOnce(fhir, report);
    }

    static MeasureReport of(ModelWeek week, @Nullable Shadow shadow, @Nullable Lift lift, Instant now) {
        Instant end = Instant.parse(week.end());
        MeasureReport report = new MeasureReport();
        // A condition on it may hold no comma.
        report.addIdentifier().setSystem(IDENTIFIER).setValue(week.model().replace(",", "") + "|" + week.end());
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
                    .forEach(reason ->
                            Reports.remark(report, "In the shadow since %s. %s".formatted(shadow.since(), reason)));
        }
        if (lift != null) {
            Reports.remark(
                    report,
                    "Taken out of the shadow at %s by %s, %s: %s"
                            .formatted(lift.at(), lift.by(), lift.role(), lift.reason()));
        }
        return report;
    }
}
