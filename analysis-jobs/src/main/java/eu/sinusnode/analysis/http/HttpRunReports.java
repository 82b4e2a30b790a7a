package eu.sinusnode.analysis.http;

import static eu.sinusnode.analysis.http.Reports.figure;
import static eu.sinusnode.analysis.http.Reports.utc;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.job.KeptReports;
import eu.sinusnode.analysis.job.RunCounts;
import eu.sinusnode.analysis.job.RunSummary;
import eu.sinusnode.analysis.quality.Fault;
import eu.sinusnode.profiles.Canonicals;
import java.time.Instant;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Period;

/**
 * What runs came to as MeasureReports on the FHIR server, of nobody's record. Of fewer than ten people nothing is counted,
 * and no count of one to nine is told.
 */
public final class HttpRunReports implements KeptReports.Desk {

    /** Identifier system of a report: the id of its run, or of the first one of its day. */
    static final String IDENTIFIER = "https://sinusnode.eu/sid/analysis-run";

    private final FhirHttp fhir;

    public HttpRunReports(FhirHttp fhir) {
        this.fhir = fhir;
    }

    @Override
    public void tell(RunSummary report, Instant now) {
        Reports.storeOnce(fhir, of(report, now));
    }

    static MeasureReport of(RunSummary run, Instant now) {
        MeasureReport report = new MeasureReport();
        report.addIdentifier().setSystem(IDENTIFIER).setValue(run.id());
        report.setStatus(run.isComplete() ? MeasureReportStatus.COMPLETE : MeasureReportStatus.ERROR);
        report.setType(MeasureReportType.SUMMARY).setMeasure(Canonicals.ANALYSIS_RUN);
        report.setDateElement(utc(now));
        report.setPeriod(new Period()
                .setStartElement(utc(Instant.parse(run.start())))
                .setEndElement(utc(Instant.parse(run.end()))));
        figure(report, "completed runs over everybody", run.everybody());
        figure(report, "completed runs over what was new", run.news());
        figure(report, "times that a run broke off", run.brokenOff());
        run.models().forEach(model -> Reports.remark(report, "model: " + model));
        if (run.tellsOfEnoughPeople()) {
            counts(report, run.counts());
        }
        return report;
    }

    private static void counts(MeasureReport report, RunCounts counts) {
        FlagChanges flags = counts.flags();
        count(report, "patients read and scored, in each run", counts.patients());
        count(report, "patients of whom something was withheld", flags.withheld());
        count(report, "patients whose flags the server refused", flags.failed());
        count(report, "risks that were not computable", flags.notComputable());
        count(report, "flags raised", flags.raised());
        count(report, "flags changed, with a new version in place of the old one", flags.changed());
        count(report, "flags left as they were", flags.unchanged());
        count(report, "flags withdrawn", flags.withdrawn());
        count(report, "risks that models in the shadow would have raised", flags.inShadow());
        count(report, "readings", counts.readings());
        count(report, "recordings of RR intervals", counts.series());
        for (Fault fault : Fault.values()) {
            count(report, "readings left out: " + fault.words(), counts.leftOut(fault));
        }
    }

    private static void count(MeasureReport report, String name, long count) {
        figure(report, name, count > 0 && count < RunSummary.ENOUGH ? null : count);
    }
}
