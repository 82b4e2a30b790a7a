package eu.sinusnode.launcher.show;

import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.launcher.cohort.CohortDirectory;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.http.Callers;
import eu.sinusnode.launcher.therapy.TherapyWeek;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a finished run shows its user. Everything is asked from the running server, each time. */
public final class Showcase {

    /** Whose work is shown. */
    public static final String CLINICIAN = "clinician-1";

    private static final int FLAG_ROWS = 16;
    private static final int DENIAL_ROWS = 8;

    private final Installation installation;
    private final Callers callers;
    private final CohortDirectory directory;

    public Showcase(Installation installation, Callers callers, CohortDirectory directory) {
        this.installation = installation;
        this.callers = callers;
        this.directory = directory;
    }

    /** @param flags risks raised that the clinics are shown, summaries of what could not be computed left out; @param denied refusals recorded since the run began */
    public record Shown(long flags, long denied) {}

    /**
     * @param since when the run began
     * @param therapy what came of a therapy plan, if one was made
     * @param lines told each line in turn
     */
    public Shown show(Instant since, Optional<TherapyWeek.Outcome> therapy, Consumer<String> lines) {
        List<Flags.Flag> seen = new Flags(callers.as(CLINICIAN)).all();
        lines.accept("");
        lines.accept("Risk flags of the patients in " + CLINICIAN + "'s care (preliminary: a clinician decides)");
        Flags.table(seen, FLAG_ROWS).forEach(lines);

        therapy.ifPresent(week -> {
            lines.accept("");
            TherapyTable.lines(week).forEach(lines);
        });

        lines.accept("");
        lines.accept("What callers were given and refused");
        Refusals.table(new Refusals(callers, directory).make()).forEach(lines);

        List<Denials.Denial> denials = new Denials(callers.as(DemoRegistrations.AUDITOR)).since(since);
        lines.accept("");
        lines.accept("The latest of " + denials.size() + " refusals of this run, as the auditor reads them");
        Denials.table(denials, DENIAL_ROWS).forEach(lines);

        lines.accept("");
        further().forEach(lines);
        return new Shown(raised(), denials.size());
    }

    /** As the clinics see them: each sees its own patients, and no other caller sees all. */
    private long raised() {
        return callers.clinicians().stream()
                .flatMap(clinician -> new Flags(callers.as(clinician)).all().stream())
                .filter(Flags.Flag::isComputed)
                .map(Flags.Flag::id)
                .distinct()
                .count();
    }

    private List<String> further() {
        String base = installation.fhirBase();
        String persona = directory.personas().isEmpty()
                ? "ID"
                : directory.personas().get(0).id();
        return List.of(
                "Look further (all of it keeps running; ./sinusnode down stops it)",
                "  curl " + base + "/metadata",
                "  curl -H \"Authorization: Bearer $(./sinusnode token clinician-1)\" '" + base + "/" + Flags.QUERY
                        + "'",
                "  curl -H \"Authorization: Bearer $(./sinusnode token patient-1)\" '" + base + "/Patient/" + persona
                        + "'",
                "  curl -H \"Authorization: Bearer $(./sinusnode token insurer-overseas)\" '" + base + "/Patient/"
                        + persona + "'",
                "  curl -H \"Authorization: Bearer $(./sinusnode token auditor)\" '" + base + "/AuditEvent?_count=20'",
                "");
    }
}
