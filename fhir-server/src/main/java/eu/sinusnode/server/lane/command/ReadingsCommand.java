package eu.sinusnode.server.lane.command;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.storage.CommandDatabase;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/**
 * {@code ReadingsCommand verify} and {@code ReadingsCommand rebuild}, with SINUSNODE_HOME and what names the database in
 * the environment: the readings and what rules ask for beside them. Exit codes: 0 done, or both hold; 1 it could not be
 * done; 2 wrong use; 4 they differ from the records.
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
        RiskInputRebuild inputs = new RiskInputRebuild(database);
        LongConsumer observations = progress("Observations", out);
        LongConsumer records = progress("records that rules ask for", out);
        try {
            return verb.equals("rebuild")
                    ? rebuild(lane.mend(observations), inputs.mend(records), out)
                    : verify(lane.compare(observations), inputs.compare(records), out);
        } catch (DataAccessException broken) {
            out.println("It was broken off by the database ("
                    + broken.getClass().getSimpleName() + "); what was done stays done, so start it again.");
            return 1;
        }
    }

    private static LongConsumer progress(String what, PrintStream out) {
        return done -> {
            if (done % LINE_EVERY == 0 && done > 0) {
                out.println(done + " " + what + " compared");
            }
        };
    }

    private static int verify(Comparison readings, Comparison inputs, PrintStream out) {
        if (readings.holds() && inputs.holds()) {
            out.println("The readings are what the Observations give: " + readings.compared() + " compared.");
            out.println("What rules ask for beside them is what the records give: " + inputs.compared() + " compared.");
            return 0;
        }
        if (!readings.holds()) {
            out.println("THE READINGS DIFFER FROM THE OBSERVATIONS: " + differing(readings) + ".");
        }
        if (!inputs.holds()) {
            out.println("WHAT RULES ASK FOR BESIDE READINGS DIFFERS FROM THE RECORDS: " + differing(inputs) + ".");
        }
        out.println("./sinusnode readings rebuild mends them.");
        return DIFFERS;
    }

    private static String differing(Comparison found) {
        return found.different() + " of " + found.compared() + " have others, " + found.surplus()
                + " are not there any more" + unread(found);
    }

    private static int rebuild(Comparison readings, Comparison inputs, PrintStream out) {
        out.println("Mended: the readings of " + mended(readings, "Observations"));
        out.println("Mended: what rules ask for beside them, of " + mended(inputs, "records"));
        return readings.unread() == 0 && inputs.unread() == 0 ? 0 : DIFFERS;
    }

    private static String mended(Comparison found, String what) {
        return found.different() + " of " + found.compared() + " " + what + ", and those of " + found.surplus()
                + " that are not there any more" + unread(found) + ".";
    }

    private static String unread(Comparison found) {
        return found.unread() == 0 ? "" : "; " + found.unread() + " are kept in a form that cannot be read here";
    }
}
