package eu.sinusnode.launcher.command;

import eu.sinusnode.keycloak.admin.RealmOperations;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.process.ChildCommand;
import eu.sinusnode.launcher.registration.Registrar;
import eu.sinusnode.launcher.registration.RegistrationBook;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        description = "Changes keys while the system runs: the login server's, the FHIR server's, a client's.",
        mixinStandardHelpOptions = true)
final class KeysCommand implements Runnable {

    private static final String REALM = "realm";
    private static final String SERVER_KEYS = "eu.sinusnode.server.keys.KeyCommand";

    @ParentCommand
    private Commands root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to do: rotate, retire, add");
    }

    @Command(
            name = "rotate",
            description = "A new key from now on; what the old one signed or encrypted stays good.",
            mixinStandardHelpOptions = true)
    int rotate(
            @Parameters(paramLabel = "PURPOSE", description = "realm, or one of the server's: launch, audit ...")
                    String purpose) {
        Installation installation = root.system().installation();
        if (REALM.equals(purpose)) {
            new RegistrationBook(installation).operations().rotateSigningKeys();
            root.terminal().out().println("The realm signs with new keys; the old ones are still published");
            return 0;
        }
        ChildCommand.Result result = new ChildCommand(
                        List.of(
                                "-cp",
                                installation.programs().classPath("fhir-server"),
                                SERVER_KEYS,
                                "rotate",
                                purpose),
                        installation.home().root(),
                        Map.of("SINUSNODE_HOME", installation.home().root().toString()))
                .run(root.terminal().out()::println);
        if (result.exitCode() != 0) {
            throw new Trouble(
                    "The key was not rotated: " + result.lastLine(), "Name realm, or a purpose of the server.");
        }
        return 0;
    }

    @Command(
            name = "retire",
            description = "Removes the realm's old keys: what they signed is worthless within a minute.",
            mixinStandardHelpOptions = true)
    int retire(@Parameters(paramLabel = REALM) String purpose) {
        if (!REALM.equals(purpose)) {
            throw new Trouble("Only the realm's old keys are retired.", "Give: ./sinusnode keys retire realm");
        }
        RealmOperations operations = new RegistrationBook(root.system().installation()).operations();
        root.terminal().out().println(operations.retireOldKeys() + " old keys are gone");
        return 0;
    }

    @Command(
            name = "add",
            description = "A further key of a registered client, so that it can change from one to the next.",
            mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "CLIENT") String client,
            @Option(names = "--public-key", required = true, paramLabel = "FILE") Path publicKey) {
        var system = root.system();
        system.whileLocked(() -> {
            new Registrar(system.installation(), system.callers()).addKey(client, publicKey);
        });
        root.terminal().out().println(client + " may sign with that key too");
        return 0;
    }
}
