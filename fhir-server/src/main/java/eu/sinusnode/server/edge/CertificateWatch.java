package eu.sinusnode.server.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;

/**
 * Looks at the certificate's files every other second. Polling sees what file events do not: links that are swapped, as
 * orchestrators do it. Files that cannot be used are left alone, and the old certificate stays.
 */
final class CertificateWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final ServerCertificate files;
    private final Consumer<SslBundle> update;
    private final ScheduledExecutorService thread;
    private Map<Path, Long> seen;

    CertificateWatch(ServerCertificate files, Consumer<SslBundle> update) throws IOException {
        this.files = files;
        this.update = update;
        this.seen = files.state();
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "certificate-watch");
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            Map<Path, Long> now = files.state();
            if (now.equals(seen)) {
                return;
            }
            SslBundle bundle = files.read();
            update.accept(bundle);
            seen = now;
            LOG.info("A new certificate is in use; it ends at {}", ServerCertificate.endOf(bundle));
        } catch (IOException | RuntimeException e) {
            LOG.error("The new certificate is not used, the old one stays: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
