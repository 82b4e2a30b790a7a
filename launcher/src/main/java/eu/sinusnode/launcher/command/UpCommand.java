package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.SinusNodeSystem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "up",
        description = "Starts PostgreSQL, Keycloak, the FHIR server and the scheduled analysis, or finds them running.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @ParentCommand
    private Commands root;

    @Override
    public Integer call() {
        SinusNodeSystem system = root.system();
        system.whileLocked(() -> {
            system.start(Cohorts.standard());
            system.startSchedule();
        });
        root.terminal()
                .out()
                .println("SinusNode is up at " + system.installation().fhirBase());
        return 0;
    }
}
