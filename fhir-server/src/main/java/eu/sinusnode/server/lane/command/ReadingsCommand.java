package eu.sinusnode.server.lane.command;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.lane.command.LaneRebuild.Comparison;
import eu.sinusnode.server.storage.CommandDatabase;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/**
 * {@code ReadingsCommand verify} and {@code ReadingsCommand rebuild}, with SINUSNODE_HOME and what names the database in
 * the environment. Exit codes: 0 done, or the lane holds; 1 it could not be done; 2 wrong use; 4 the lane differs from the
 * Observations.
 */
public final class ReadingsCommand {

    private static final String USE = "Use: verify | rebuild";
    private static final int DIFFERS = 4;
    private static final long LINE_EVERY = 100_000;

    private ReadingsCommand() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
        String verb = arguments.length == 1 ? arguments[0] : "";
        if (!verb.equals("verify") && !verb.equals("rebuild")) {
            out.println(USE);
            return 2;
        }
        try {
            return run(verb, CommandDatabase.of(environment), out);
        } catch (RuntimeException e) {
            out.println("The readings could not be looked at: " + e.getMessage());
            return 1;
        }
    }

    static int run(String verb, DataSource database, PrintStream out) {
        LaneRebuild lane = new LaneRebuild(database, FhirContext.forR4Cached());
        LongConsumer progress = done -> {
            if (done % LINE_EVERY == 0 && done > 0) {
                out.println(done + " Observations compared");
            }
        };
        try {
            return verb.equals("rebuild") ? rebuild(lane.mend(progress), out) : verify(lane.compare(progress), out);
        } catch (DataAccessException broken) {
            out.println("It was broken off by the database ("
                    + broken.getClass().getSimpleName() + "); what was done stays done, so start it again.");
            return 1;
        }
    }

    private static int verify(Comparison found, PrintStream out) {
        if (found.holds()) {
            out.println("The readings are what the Observations give: " + found.compared() + " compared.");
            return 0;
        }
        out.println("THE READINGS DIFFER FROM THE OBSERVATIONS: " + found.different() + " of " + found.compared()
                + " have others, " + found.surplus() + " are not there any more" + unread(found)
                + ". ./sinusnode readings rebuild mends them.");
        return DIFFERS;
    }

    private static int rebuild(Comparison found, PrintStream out) {
        out.println("Mended: the readings of " + found.different() + " of " + found.compared()
                + " Observations, and those of " + found.surplus() + " that are not there any more" + unread(found)
                + ".");
        return found.unread() == 0 ? 0 : DIFFERS;
    }

    private static String unread(Comparison found) {
        return found.unread() == 0 ? "" : "; " + found.unread() + " are kept in a form that cannot be read here";
    }
}
