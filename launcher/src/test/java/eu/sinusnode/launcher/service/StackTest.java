package eu.sinusnode.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.progress.Progress;
import eu.sinusnode.launcher.progress.StreamProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StackTest {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Part database = new Part("database");
    private final Part keycloak = new Part("keycloak");
    private final Part server = new Part("server");
    private final Part analysis = new Part("analysis");
    private final Stack stack = new Stack(database, List.of(keycloak, server), List.of(analysis));

    @Test
    void theDatabaseStartsFirstAndStopsLast() {
        quietly(stack::start);
        assertThat(calls)
                .startsWith("start database")
                .contains("start keycloak", "start server")
                .endsWith("start analysis");

        calls.clear();
        quietly(stack::stop);
        assertThat(calls).containsExactly("stop analysis", "stop server", "stop keycloak", "stop database");
    }

    @Test
    void aNewDatabaseEndsWhatHoldsDeadConnections() {
        keycloak.running = true;
        server.running = true;

        quietly(stack::start);

        assertThat(calls).containsSubsequence("start database", "stop keycloak", "stop server", "start server");
    }

    @Test
    void whatRunsStaysWhenTheDatabaseDoes() {
        database.running = true;
        server.running = true;

        quietly(stack::start);

        assertThat(calls).noneMatch(call -> call.startsWith("stop"));
    }

    @Test
    void everyFailureIsTold() {
        keycloak.trouble = new Trouble("no keycloak", "r");
        server.trouble = new Trouble("no server", "r");

        assertThatThrownBy(() -> quietly(stack::start))
                .hasMessage("no keycloak")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("no server"));
    }

    private static void quietly(java.util.function.Consumer<Progress> work) {
        try (StreamProgress progress = new StreamProgress(new PrintStream(new ByteArrayOutputStream()), false)) {
            work.accept(progress);
        }
    }

    /** A part that only remembers what it was told. */
    private final class Part implements Service {
        private final String name;
        private boolean running;
        private RuntimeException trouble = new IllegalStateException("none");

        Part(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Started start(Progress.Task task) {
            calls.add("start " + name);
            if (trouble instanceof Trouble) {
                throw trouble;
            }
            boolean before = running;
            running = true;
            return new Started(!before, "");
        }

        @Override
        public State state() {
            return new State(running, "");
        }

        @Override
        public boolean stop() {
            calls.add("stop " + name);
            boolean before = running;
            running = false;
            return before;
        }
    }
}
