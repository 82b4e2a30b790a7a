package eu.sinusnode.analysis.cli;

import eu.sinusnode.analysis.calendar.WorkingDays;
import eu.sinusnode.analysis.flag.FlagWriter;
import eu.sinusnode.analysis.flag.ScoreSink;
import eu.sinusnode.analysis.http.FhirHttp;
import eu.sinusnode.analysis.http.HttpFlagStore;
import eu.sinusnode.analysis.http.HttpReadingSource;
import eu.sinusnode.analysis.http.HttpRunLog;
import eu.sinusnode.analysis.job.RiskScoringJob;
import eu.sinusnode.analysis.job.RunFiles;
import eu.sinusnode.analysis.job.RunProgress;
import eu.sinusnode.analysis.job.Turn;
import eu.sinusnode.analysis.retry.Retry;
import eu.sinusnode.analysis.risk.PatientRangeScoring;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.watch.WatchFile;
import eu.sinusnode.analysis.work.StopSignal;
import eu.sinusnode.analysis.work.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What risk-scoring runs of one process share.
 *
 * @param models before those in the shadow are told apart
 * @param state directory in which the models' watch says which are in the shadow
 */
record JobParts(FhirHttp fhir, Retry retry, List<RiskModel> models, Path state, Workers workers, StopSignal stop) {

    /**
     * Clocks of devices run ahead a little. The server takes values of five minutes to come; one that was left out here
     * would not be looked at again before something else of the patient changes, or the next day.
     */
    static final Duration AHEAD = Duration.ofMinutes(5);

    RiskScoringJob job(ScoreSink flags, Turn turn, RunFiles files, RunProgress progress) throws IOException {
        return new RiskScoringJob(
                new HttpReadingSource(fhir),
                new PatientRangeScoring(new WatchFile(state).load().applied(models)),
                flags,
                workers,
                turn,
                stop,
                files,
                progress,
                new HttpRunLog(fhir, retry));
    }

    /** Writing its flags. @param workingDays by which a sign-off becomes due */
    RiskScoringJob scored(WorkingDays workingDays, Turn turn, RunFiles files, RunProgress progress) throws IOException {
        return job(flags(workingDays), turn, files, progress);
    }

    /** @param workingDays by which a sign-off becomes due */
    ScoreSink flags(WorkingDays workingDays) {
        return new FlagWriter(new HttpFlagStore(fhir), retry.withAttempts(3), Clock.systemUTC(), workingDays);
    }
}
