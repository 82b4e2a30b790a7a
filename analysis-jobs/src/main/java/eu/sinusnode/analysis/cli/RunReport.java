package eu.sinusnode.analysis.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.sinusnode.analysis.flag.FlagChanges;
import eu.sinusnode.analysis.job.RunCounts;
import eu.sinusnode.analysis.job.RunResult;
import eu.sinusnode.analysis.quality.Fault;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run came to, as one JSON object: counts by the names that the run's end has in the audit. */
final class RunReport {

    private RunReport() {}

    static String json(RunResult result) throws IOException {
        RunCounts counts = result.counts();
        FlagChanges flags = counts.flags();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("full", result.full());
        report.put("patients", counts.patients());
        report.put("readings", counts.readings());
        report.put("series", counts.series());
        for (Fault fault : Fault.values()) {
            report.put(fault.reportName(), counts.leftOut(fault));
        }
        report.put("flagsRaised", flags.raised());
        report.put("flagsChanged", flags.changed());
        report.put("flagsUnchanged", flags.unchanged());
        report.put("flagsWithdrawn", flags.withdrawn());
        report.put("notComputable", flags.notComputable());
        report.put("withheld", flags.withheld());
        report.put("failed", flags.failed());
        report.put("inShadow", flags.inShadow());
        report.put("seconds", result.took().toMillis() / 1000.0);
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(cpu -> report.put("cpuSeconds", cpu.toMillis() / 1000.0));
        return new ObjectMapper().writeValueAsString(report);
    }
}
