package eu.sinusnode.launcher;

import eu.sinusnode.launcher.cohort.CohortDirectory.Persona;
import eu.sinusnode.launcher.cohort.LoadFigures;
import eu.sinusnode.launcher.progress.Progress;
import eu.sinusnode.launcher.show.Figures;
import eu.sinusnode.launcher.show.Showcase;
import eu.sinusnode.launcher.therapy.TherapyWeek;
import eu.sinusnode.sampledata.CohortSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** From nothing to risk flags: start, load, analyse, show. */
public final class Demo {

    private final SinusNodeSystem system;
    private final Progress progress;

    public Demo(SinusNodeSystem system, Progress progress) {
        this.system = system;
        this.progress = progress;
    }

    /** @param lines told what the user is shown */
    public Figures run(CohortSpec cohort, Consumer<String> lines) {
        return system.<Figures>whileLocked(() -> runLocked(cohort, lines));
    }

    private Figures runLocked(CohortSpec cohort, Consumer<String> lines) {
        Instant began = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        system.startWith(cohort);
        LoadFigures loaded = system.loadCohort();
        analyse(loaded);
        Optional<TherapyWeek.Outcome> therapy = guide();
        Showcase.Shown shown = new Showcase(
                        system.installation(), system.callers(), system.cohort().directory())
                .show(began, therapy, lines);
        // Not before: as of now, most of a cohort that ended weeks ago is too old to judge by.
        system.startSchedule();
        return new Figures(
                system.installation().fhirBase(),
                loaded.patients(),
                loaded.vitals(),
                loaded.carePlans(),
                shown.flags(),
                shown.denied(),
                Duration.between(began, Instant.now()).toSeconds());
    }

    /** As of an earlier time only what is new to the server: of what is there, the schedule knows more by now. */
    private void analyse(LoadFigures loaded) {
        Instant dataEnd = system.cohort().directory().dataEnd();
        boolean fresh = loaded.created() > 0;
        progress.during(
                fresh ? "Risk job as of " + dataEnd + ", where the cohort's data end" : "Risk job as of now",
                () -> system.riskJob().run(fresh ? dataEnd : null, List.of(), this::sayUnlessReport),
                summary -> summary);
    }

    /** One patient, whose clinic may see the record, gets a therapy plan. */
    private Optional<TherapyWeek.Outcome> guide() {
        List<Persona> open = system.cohort().directory().personas().stream()
                .filter(persona -> persona.consent().equals("wide"))
                .toList();
        return progress.during(
                "Therapy plan: a programme applied, a week of it, a reminder",
                () -> new TherapyWeek(system.callers(), Showcase.CLINICIAN).run(open),
                outcome -> outcome.map(TherapyWeek.Outcome::plan).orElse("no persona needs one now"));
    }

    /** The job's report, one JSON object, is told as the outcome. */
    private void sayUnlessReport(String line) {
        if (!line.startsWith("{")) {
            progress.say("        " + line);
        }
    }
}
