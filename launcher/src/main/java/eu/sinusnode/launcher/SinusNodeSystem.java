package eu.sinusnode.launcher;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.cohort.BundleLoader;
import eu.sinusnode.launcher.cohort.BundleSender;
import eu.sinusnode.launcher.cohort.CohortStore;
import eu.sinusnode.launcher.cohort.LoadFigures;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.http.Callers;
import eu.sinusnode.launcher.process.CommandLock;
import eu.sinusnode.launcher.progress.Progress;
import eu.sinusnode.launcher.registration.DemoCallers;
import eu.sinusnode.launcher.registration.RegistrationBook;
import eu.sinusnode.launcher.service.AnalysisProgram;
import eu.sinusnode.launcher.service.FhirServerService;
import eu.sinusnode.launcher.service.KeycloakService;
import eu.sinusnode.launcher.service.PostgresService;
import eu.sinusnode.launcher.service.RiskJob;
import eu.sinusnode.launcher.service.ScheduleService;
import eu.sinusnode.launcher.service.ServerProgram;
import eu.sinusnode.launcher.service.Stack;
import eu.sinusnode.sampledata.CohortSpec;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** All parts of one installation, wired. */
public final class SinusNodeSystem {

    private final Installation installation;
    private final Progress progress;
    private final Stack stack;
    private final CohortStore cohort;
    private final Callers callers;

    /** Prepares the state directory; starts nothing. */
    public SinusNodeSystem(Installation installation, Progress progress) {
        this.installation = installation;
        this.progress = progress;
        installation.home().prepare();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.stack = new Stack(
                new PostgresService(installation),
                List.of(new KeycloakService(installation), new FhirServerService(installation, client)),
                List.of(new ScheduleService(installation)));
        this.cohort = new CohortStore(installation.home().cohort());
        this.callers = new Callers(installation, client);
    }

    /**
     * Starts what does not run, without the scheduled analysis.
     *
     * @param firstCohort generated when there is no cohort yet; the realm's people and clients are made for it
     */
    public void start(CohortSpec firstCohort) {
        Together.run(
                () -> {
                    if (!cohort.isThere()) {
                        cohort.ensure(firstCohort, progress);
                    }
                },
                () -> stack.startDatabase(progress));
        stack.startOthers(progress);
    }

    /** Starts what does not run, without the scheduled analysis, with at least this cohort generated. */
    public void startWith(CohortSpec wanted) {
        Together.run(() -> cohort.ensure(wanted, progress), () -> stack.startDatabase(progress));
        stack.startOthers(progress);
    }

    /** Starts the scheduled analysis when it does not run. */
    public void startSchedule() {
        stack.startFollowers(progress);
    }

    /** Loads what the server does not have of the cohort. */
    public LoadFigures loadCohort() {
        BundleLoader loader = new BundleLoader(
                new BundleSender(callers.as(DemoRegistrations.LOADER)),
                installation.home().run().resolve("loaded-patients.txt"));
        try (Progress.Task task =
                progress.begin("Load", cohort.files().sortedBundles().size())) {
            LoadFigures figures = loader.load(cohort.files(), task);
            DemoCallers.write(new RegistrationBook(installation).directory(), callers.as(DemoRegistrations.LOADER));
            task.done(figures.patients() + " patients, " + figures.vitals() + " vital readings, " + figures.carePlans()
                    + " therapy plans (" + figures.created() + " records were new)");
            return figures;
        }
    }

    /** Holds the home's lock meanwhile: one command at a time. */
    public <T> T whileLocked(Supplier<T> work) {
        try (CommandLock lock = CommandLock.take(installation.home())) {
            return work.get();
        }
    }

    public void whileLocked(Runnable work) {
        try (CommandLock lock = CommandLock.take(installation.home())) {
            work.run();
        }
    }

    public Installation installation() {
        return installation;
    }

    public Stack stack() {
        return stack;
    }

    public CohortStore cohort() {
        return cohort;
    }

    public Callers callers() {
        return callers;
    }

    public ServerProgram audit() {
        return ServerProgram.audit(installation);
    }

    public ServerProgram index() {
        return ServerProgram.index(installation);
    }

    public ServerProgram readings() {
        return ServerProgram.readings(installation);
    }

    public ServerProgram labels() {
        return ServerProgram.labels(installation);
    }

    public ServerProgram postgres() {
        return ServerProgram.postgres(installation);
    }

    public ServerProgram rights() {
        return ServerProgram.rights(installation);
    }

    public ServerProgram residency() {
        return ServerProgram.residency(installation);
    }

    /** Answers what is asked about old flags. */
    public AnalysisProgram replayJob() {
        return new AnalysisProgram(installation, "replay");
    }

    /** Looks at the models' week. */
    public AnalysisProgram modelWatch() {
        return new AnalysisProgram(installation, "watch");
    }

    public RiskJob riskJob() {
        return new RiskJob(installation);
    }
}
