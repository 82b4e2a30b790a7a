package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.app.AppServer;
import eu.sinusnode.launcher.home.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "app",
        description = "Serves the example app, a blood pressure chart, until it is interrupted. See docs/smart-app.md.",
        mixinStandardHelpOptions = true)
final class AppCommand implements Callable<Integer> {

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() throws InterruptedException {
        Installation installation = root.system().installation();
        try (AppServer server = AppServer.start(installation)) {
            root.terminal()
                    .out()
                    .println("The example app is at " + server.address() + "/ (Ctrl-C ends it). Logins: "
                            + installation.home().secrets().resolve("users.json"));
            Thread.currentThread().join();
        }
        return 0;
    }
}
