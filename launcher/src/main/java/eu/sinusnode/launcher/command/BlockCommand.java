package eu.sinusnode.launcher.command;

import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.launcher.SinusNodeSystem;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.registration.RegistrationBook;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shuts a client or person out, or lets them in again. */
abstract class BlockCommand implements Callable<Integer> {

    /** What can be blocked. */
    enum Who {
        client,
        person
    }

    @Command(
            name = "block",
            description = "Shuts a client or a person out: no new token, and no session any more.",
            mixinStandardHelpOptions = true)
    static final class Block extends BlockCommand {
        Block() {
            super(true);
        }
    }

    @Command(
            name = "unblock",
            description = "Lets a blocked client or person in again.",
            mixinStandardHelpOptions = true)
    static final class Unblock extends BlockCommand {
        Unblock() {
            super(false);
        }
    }

    private final boolean blocked;

    @Parameters(paramLabel = "client|person", index = "0")
    private Who who;

    @Parameters(paramLabel = "NAME", index = "1")
    private String name;

    @ParentCommand
    private Commands root;

    BlockCommand(boolean blocked) {
        this.blocked = blocked;
    }

    @Override
    public Integer call() {
        SinusNodeSystem system = root.system();
        RegistrationBook book = new RegistrationBook(system.installation());
        system.whileLocked(() -> {
            change(book);
        });
        root.terminal().out().println(who + " " + name + (blocked ? " is blocked" : " is let in"));
        return 0;
    }

    private void change(RegistrationBook book) {
        Registrations known = book.read();
        boolean there = who == Who.client
                ? book.clientIds().contains(name)
                : book.people().stream().anyMatch(person -> person.username().equals(name));
        if (!there) {
            throw new Trouble("There is no " + who + " named " + name + ".", "Check the name; it is case-sensitive.");
        }
        book.apply(who == Who.client ? known.withClientBlocked(name, blocked) : known.withPersonBlocked(name, blocked));
        if (blocked && who == Who.client) {
            book.operations().endSessionsOfClient(name);
        } else if (blocked) {
            book.operations().endSessionsOfPerson(name);
        }
    }
}
