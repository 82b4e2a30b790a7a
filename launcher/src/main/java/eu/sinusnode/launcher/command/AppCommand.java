package eu.sinusnode.launcher.command;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.app.AppServer;
import eu.sinusnode.launcher.app.AppSettings;
import eu.sinusnode.launcher.home.Installation;
import java.net.URI;
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
        AppSettings settings = new AppSettings(
                URI.create(installation.fhirBase()), URI.create(installation.issuer()), DemoRegistrations.APP);
        try (AppServer server = AppServer.start(
                installation.programs().repository().resolve("smart-app"),
                installation.ports().app(),
                settings)) {
            root.terminal()
                    .out()
                    .println("The example app is at " + installation.appRoot() + "/ (Ctrl-C ends it). Logins: "
                            + installation.home().secrets().resolve("users.json"));
            Thread.currentThread().join();
        }
        return 0;
    }
}
