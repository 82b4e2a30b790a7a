package eu.sinusnode.analysis.http;

import eu.sinusnode.analysis.job.Checkpoint;
import eu.sinusnode.analysis.job.RunProgress;
import eu.sinusnode.analysis.retry.TransientFailure;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's meters, told now and then how far the run has come. What is not taken is left: the next one tells it. */
public final class HttpRunProgress implements RunProgress {

    private static final Logger LOG = LoggerFactory.getLogger(HttpRunProgress.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final FhirHttp fhir;
    private final Clock clock;
    private Instant told = Instant.MIN;

    public HttpRunProgress(FhirHttp fhir, Clock clock) {
        this.fhir = fhir;
        this.clock = clock;
    }

    @Override
    public synchronized void at(Checkpoint.State reached) {
        Instant now = clock.instant();
        if (now.isBefore(told.plus(PAUSE))) {
            return;
        }
        told = now;
        Parameters progress = HttpRunLog.phase("progress", UUID.fromString(reached.run()));
        progress.addParameter("share", new DecimalType(BigDecimal.valueOf(Math.round(reached.share() * 1_000), 3)));
        HttpRunLog.count(progress, "patients", reached.counts().patients());
        try {
            fhir.post(HttpRunLog.OPERATION, progress, Parameters.class);
        } catch (TransientFailure | RequestRefused untold) {
            LOG.info("How far the run has come was not told: {}", untold.getMessage());
        }
    }
}
