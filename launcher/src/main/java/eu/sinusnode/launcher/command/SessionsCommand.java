package eu.sinusnode.launcher.command;

import eu.sinusnode.keycloak.admin.RealmOperations;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.registration.RegistrationBook;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "sessions",
        description = "Ends all sessions of a person, or all tokens of a client; they may log in again.",
        mixinStandardHelpOptions = true)
final class SessionsCommand implements Callable<Integer> {

    /** What can be done with sessions. */
    enum What {
        end
    }

    @Parameters(paramLabel = "end", index = "0", description = "One of: ${COMPLETION-CANDIDATES}")
    private What what;

    @Parameters(paramLabel = "NAME", index = "1", description = "A user name or a client id.")
    private String name;

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        RealmOperations operations = new RegistrationBook(root.system().installation()).operations();
        if (operations.hasPerson(name)) {
            operations.endSessionsOfPerson(name);
        } else if (operations.hasClient(name)) {
            operations.endSessionsOfClient(name);
        } else {
            throw new Trouble("Nobody and nothing is named " + name + ".", "Check the name.");
        }
        root.terminal().out().println("Every session of " + name + " has ended");
        return 0;
    }
}
