package eu.sinusnode.server.keys;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code KeyCommand rotate|list <purpose>}, with SINUSNODE_HOME in the environment. A running server notices a new key
 * within seconds. Exit codes: 0 done, 1 failed, 2 wrong use.
 */
public final class KeyCommand {

    private static final String USE = "Use: rotate | list, and one of "
            + Arrays.stream(KeyPurpose.values()).map(KeyPurpose::directory).collect(Collectors.joining(", "));

    private KeyCommand() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), Clock.systemUTC(), System.out));
    }

    static int run(String[] arguments, Map<String, String> environment, Clock clock, PrintStream out) {
        Optional<KeyPurpose> purpose = arguments.length == 2 ? KeyPurpose.of(arguments[1]) : Optional.empty();
        if (purpose.isEmpty()) {
            out.println(USE);
            return 2;
        }
        Path home = Path.of(environment.getOrDefault("SINUSNODE_HOME", ".sinusnode"));
        KeyDirectory directory = new KeyDirectory(PurposeKeys.directory(home), purpose.get());
        try {
            return switch (arguments[0]) {
                case "rotate" -> rotate(directory, purpose.get(), clock, out);
                case "list" -> list(directory, purpose.get(), out);
                default -> {
                    out.println(USE);
                    yield 2;
                }
            };
        } catch (IOException e) {
            out.println("The keys of purpose " + purpose.get().directory() + " below " + home
                    + " cannot be read or written. Has the server been started once, and is this its user?");
            return 1;
        } catch (KeyException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private static int rotate(KeyDirectory directory, KeyPurpose purpose, Clock clock, PrintStream out)
            throws IOException {
        out.println("Key " + directory.rotate(clock).kid() + " is current for purpose " + purpose.directory()
                + "; a running server uses it within " + PurposeKeys.NOTICED_WITHIN.toSeconds() + " s.");
        return 0;
    }

    private static int list(KeyDirectory directory, KeyPurpose purpose, PrintStream out) throws IOException {
        List<PurposeKey> keys = directory.read();
        for (PurposeKey key : keys) {
            boolean current = key.equals(keys.get(keys.size() - 1));
            out.println(purpose.directory() + "  " + key.kid() + "  " + key.created() + (current ? "  current" : ""));
        }
        return 0;
    }
}
