package eu.sinusnode.server.postgres;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes {@code postgresql.conf} anew before every start, so that a changed or damaged file never weakens the server. */
final class ServerConfiguration {

    private static final String SETTINGS = """
            # Written by SinusNode before every start; changes here do not last.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            max_connections = 120

            # Durable: an acknowledged write survives a crash.
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            max_wal_size = '2GB'
            wal_compression = on

            shared_buffers = '%dMB'
            work_mem = '16MB'
            maintenance_work_mem = '128MB'
            random_page_cost = 1.1
            jit = off

            # No value of a row and no statement with parameters in the log.
            log_min_error_statement = panic
            log_error_verbosity = terse
            log_parameter_max_length = 0
            log_parameter_max_length_on_error = 0
            log_statement = 'none'
            log_line_prefix = '%%m [%%p] %%q%%u@%%d '
            log_timezone = 'UTC'
            timezone = 'UTC'
            lc_messages = 'C'
            """;

    /** Of the machine's memory, which the server and the identity provider need too; a container's limit counts. */
    private static final int SHARE_OF_BUFFERS = 10;

    private static final long LEAST_BUFFERS = 256;
    private static final long MOST_BUFFERS = 8 * 1024;

    private ServerConfiguration() {}

    static void write(Path data, int port) {
        try {
            Path draft = data.resolve("postgresql.conf.draft");
            Files.writeString(draft, SETTINGS.formatted(port, buffers()));
            Files.move(draft, data.resolve("postgresql.conf"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PostgresException("postgresql.conf in " + data + " cannot be written.", e);
        }
    }

    /**
     * Megabytes. Two entries of each vital sign go to random pages of their indexes; with millions of them, pages that have
     * no room are written again and again (docs/performance.md, "Growth").
     */
    private static long buffers() {
        long machine = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize() >> 20
                : 0;
        return Math.max(LEAST_BUFFERS, Math.min(MOST_BUFFERS, machine / SHARE_OF_BUFFERS));
    }
}
