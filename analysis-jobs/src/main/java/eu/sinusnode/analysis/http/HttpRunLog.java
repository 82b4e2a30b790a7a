package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.job.RunCounts;
import eu.sinusnode.analysis.job.RunLog;
import eu.sinusnode.analysis.quality.Fault;
import eu.sinusnode.analysis.retry.Retry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** The server's audit as the run's log: {@code POST [base]/$job-run}, told again after passing failures. */
public final class HttpRunLog implements RunLog {

    static final String OPERATION = "$job-run";
    private static final String JOB = "risk-scoring";

    private final FhirHttp fhir;
    private final Retry retry;

    public HttpRunLog(FhirHttp fhir, Retry retry) {
        this.fhir = fhir;
        this.retry = retry;
    }

    @Override
    public void started(UUID run, List<String> models, Instant asOf, @Nullable Long since) {
        Parameters start = phase("start", run);
        models.forEach(model -> start.addParameter("model", new StringType(model)));
        InstantType instant = new InstantType(Date.from(asOf));
        instant.setTimeZone(TimeZone.getTimeZone("UTC"));
        start.addParameter("asOf", instant);
        if (since != null) {
            start.addParameter("since", new StringType(String.valueOf(since)));
        }
        tell(start);
    }

    @Override
    public void ended(UUID run, boolean completed, RunCounts counts) {
        Parameters end = phase("end", run);
        end.addParameter("outcome", new CodeType(completed ? "completed" : "failed"));
        FlagChanges flags = counts.flags();
        count(end, "patients", counts.patients());
        count(end, "readings", counts.readings());
        count(end, "series", counts.series());
        for (Fault fault : Fault.values()) {
            count(end, fault.reportName(), counts.leftOut(fault));
        }
        count(end, "flagsRaised", flags.raised());
        count(end, "flagsChanged", flags.changed());
        count(end, "flagsUnchanged", flags.unchanged());
        count(end, "flagsWithdrawn", flags.withdrawn());
        count(end, "notComputable", flags.notComputable());
        count(end, "withheld", flags.withheld());
        count(end, "failed", flags.failed());
        count(end, "inShadow", flags.inShadow());
        tell(end);
    }

    private void tell(Parameters told) {
        retry.run(() -> fhir.post(OPERATION, told, Parameters.class));
    }

    static Parameters phase(String phase, UUID run) {
        Parameters told = new Parameters();
        told.addParameter("phase", new CodeType(phase));
        told.addParameter("run", new IdType(run.toString()));
        told.addParameter("job", new CodeType(JOB));
        return told;
    }

    static void count(Parameters end, String of, long number) {
        ParametersParameterComponent count = end.addParameter().setName("count");
        count.addPart().setName("of").setValue(new CodeType(of));
        count.addPart().setName("number").setValue(new DecimalType(BigDecimal.valueOf(number)));
    }
}
