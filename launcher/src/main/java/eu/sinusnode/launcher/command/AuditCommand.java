package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.SinusNodeSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "audit",
        description = "Checks the audit's hash chain, drops what has passed its retention, or unlinks a person.",
        mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {

    /** What can be done. */
    enum Verb {
        verify,
        expire,
        erase
    }

    @Parameters(index = "0", paramLabel = "VERB", description = "One of: ${COMPLETION-CANDIDATES}")
    private Verb verb;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PERSON",
            description = "erase: Patient/ID, then RelatedPerson/ID and sub/ACCOUNT of the same person.")
    private List<String> persons = new ArrayList<>();

    @Option(names = "--from", paramLabel = "DAY", description = "verify: first day whose events are checked.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "verify: last day whose events are checked.")
    private @Nullable String to;

    @Option(
            names = "--retention",
            paramLabel = "PERIOD",
            description = "expire: how long to keep; default SINUSNODE_AUDIT_RETENTION, or else P10Y.")
    private @Nullable String retention;

    @ParentCommand
    private Commands root;

    /** 0 done, and the chain holds; 4 the chain is broken. */
    @Override
    public Integer call() {
        SinusNodeSystem system = root.system();
        List<String> arguments = new ArrayList<>(List.of(verb.name()));
        arguments.addAll(persons);
        add(arguments, "--from", from);
        add(arguments, "--to", to);
        add(arguments, "--retention", retention);
        return system.audit().run(arguments, root.terminal().out()::println);
    }

    private static void add(List<String> arguments, String name, @Nullable String value) {
        if (value != null) {
            arguments.add(name);
            arguments.add(value);
        }
    }
}
