package eu.sinusnode.server.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Starts, adopts and stops the embedded PostgreSQL of one state directory. The server is a process of its own and goes on
 * when this JVM ends, however it ends; the next start finds and adopts it. Safe to call from several processes at once.
 */
public final class PostgresControl {

    public static final String SUPERUSER = "postgres";
    /** The databases, each with a role of the same name, that exist after a start. */
    public static final List<String> DATABASES = List.of("sinusnode", "keycloak");

    private static final Duration PROGRAM_LIMIT = Duration.ofMinutes(3);
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(20);

    private final PostgresLayout layout;
    private final PostgresPrograms programs;
    private final int port;

    /**
     * @param home SinusNode's state directory; created when missing
     * @param port TCP port on 127.0.0.1 to listen on
     */
    public PostgresControl(Path home, int port) {
        this.layout = new PostgresLayout(home);
        this.programs = new PostgresPrograms(layout);
        this.port = port;
    }

    /** {@code start | stop | status}; home and port from SINUSNODE_HOME and SINUSNODE_POSTGRES_PORT. */
    public static void main(String[] arguments) {
        System.exit(PostgresCommand.run(arguments, System.getenv(), System.out));
    }

    /**
     * Brings PostgreSQL up: unpacks, initialises, starts or adopts, and makes sure of roles and databases.
     *
     * @throws PostgresException when that fails; the message names the reason and where the log is
     */
    public RunningPostgres start() {
        layout.createDirectories();
        return new ControlLock(layout.lock()).during(() -> {
            PostgresBinaries.unpack(layout);
            initialise();
            RunningPostgres server = reachable();
            DATABASES.forEach(new Databases(server)::ensure);
            return server;
        });
    }

    /** One that was found dying is started anew; one that we started and that dies again is an error. */
    private RunningPostgres reachable() {
        RunningPostgres server = new RunningPostgres(layout.home(), port, adoptOrStart());
        while (!new Databases(server).awaitReady(PROGRAM_LIMIT, () -> running().isPresent())) {
            if (!server.adopted()) {
                throw new PostgresException("PostgreSQL ended right after its start; see " + layout.log() + ".");
            }
            server = new RunningPostgres(layout.home(), port, adoptOrStart());
        }
        return server;
    }

    /** Ends the server in PostgreSQL's fast mode; nothing happens when none runs. Returns whether one was running. */
    public boolean stop() {
        layout.createDirectories();
        return new ControlLock(layout.lock()).during(() -> {
            boolean running = running().isPresent();
            if (running) {
                stopServer();
            }
            return running;
        });
    }

    /** The port of the server that runs on this state directory, or empty. */
    public Optional<Integer> status() {
        return running().map(PostmasterFile::port).filter(listening -> listening > 0);
    }

    private Optional<PostmasterFile> running() {
        return PostmasterFile.read(layout.data()).filter(file -> file.isServerOf(layout.data()));
    }

    private void initialise() {
        if (Files.isDirectory(layout.data())) {
            return;
        }
        Path draft = layout.directory().resolve(".data-draft");
        PostgresSecrets secrets = new PostgresSecrets(layout.secrets());
        secrets.passwordOf(SUPERUSER);
        try {
            PostgresBinaries.deleteTree(draft);
            PostgresPrograms.Answer answer = programs.run(
                    PROGRAM_LIMIT,
                    "initdb",
                    List.of(
                            "--pgdata=" + draft,
                            "--username=" + SUPERUSER,
                            "--pwfile=" + secrets.superuserFile(),
                            "--auth-host=scram-sha-256",
                            "--auth-local=reject",
                            "--encoding=UTF8",
                            "--locale-provider=builtin",
                            "--locale=C.UTF-8",
                            "--lc-collate=C",
                            "--lc-ctype=C",
                            "--lc-messages=C",
                            "--data-checksums"));
            if (!answer.succeeded()) {
                throw new PostgresException("initdb failed: " + answer.output());
            }
            Files.move(draft, layout.data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new PostgresException("The data directory " + layout.data() + " cannot be made.", e);
        }
    }

    /** Returns true when a server was already there. */
    private boolean adoptOrStart() {
        Optional<PostmasterFile> found = running();
        if (found.isPresent() && found.get().port() == port) {
            return true;
        }
        if (found.isPresent()) {
            // The same data on another port than the one that all parts are configured for: move it.
            stopServer();
        }
        clearStaleFile();
        requireFreePort();
        ServerConfiguration.write(layout.data(), port);
        PostgresPrograms.Answer answer = programs.run(
                PROGRAM_LIMIT,
                "pg_ctl",
                List.of("start", "--wait", "--timeout=150", "--pgdata=" + layout.data(), "--log=" + layout.log()));
        if (!answer.succeeded()) {
            throw new PostgresException("PostgreSQL did not start; see " + layout.log() + ".");
        }
        return false;
    }

    /**
     * PostgreSQL itself refuses to start when the process id in a stale file belongs to some other process by now. The
     * file may go only when no process works on the data any more: backends outlive a killed postmaster for a moment.
     */
    private void clearStaleFile() {
        long deadline = System.nanoTime() + ORPHAN_LIMIT.toNanos();
        while (PostmasterFile.anyProcessIn(layout.data())) {
            if (System.nanoTime() > deadline) {
                throw new PostgresException("PostgreSQL processes without a server still work on " + layout.data()
                        + "; end them (their working directory is that path) and start again.");
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PostgresException("The wait for PostgreSQL's processes was interrupted.", e);
            }
        }
        try {
            Files.deleteIfExists(PostmasterFile.in(layout.data()));
        } catch (IOException e) {
            throw new PostgresException("The stale postmaster.pid in " + layout.data() + " cannot be removed.", e);
        }
    }

    private void requireFreePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        } catch (IOException e) {
            throw new PostgresException(
                    "Port " + port
                            + " for PostgreSQL is taken by another program; end it or set SINUSNODE_POSTGRES_PORT.",
                    e);
        }
    }

    private void stopServer() {
        PostgresPrograms.Answer answer = programs.run(
                PROGRAM_LIMIT,
                "pg_ctl",
                List.of("stop", "--wait", "--timeout=120", "--mode=fast", "--pgdata=" + layout.data()));
        if (!answer.succeeded() && running().isPresent()) {
            throw new PostgresException("PostgreSQL did not stop: " + answer.output());
        }
    }
}
