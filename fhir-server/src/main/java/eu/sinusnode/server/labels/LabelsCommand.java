package eu.sinusnode.server.labels;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.labelling.SensitiveCodes;
import eu.sinusnode.server.storage.CommandDatabase;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/**
 * {@code LabelsCommand verify} and {@code LabelsCommand apply}, with SINUSNODE_HOME and what names the database in the
 * environment: since the table of sensitive codes has changed, or before labels were, records may lack labels. Exit codes:
 * 0 done, or no record lacks any; 1 it could not be done; 2 wrong use; 4 records lack labels, or could not be read.
 */
public final class LabelsCommand {

    private static final String USE = "Use: verify | apply";
    private static final int LACKING = 4;
    private static final long LINE_EVERY = 100_000;

    private LabelsCommand() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out));
    }

    static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
        String verb = arguments.length == 1 ? arguments[0] : "";
        if (!verb.equals("verify") && !verb.equals("apply")) {
            out.println(USE);
            return 2;
        }
        try {
            return run(verb, CommandDatabase.of(environment), out);
        } catch (RuntimeException e) {
            out.println("The labels could not be looked at: " + e.getMessage());
            return 1;
        }
    }

    static int run(String verb, DataSource database, PrintStream out) {
        LabelWalk walk = new LabelWalk(database, FhirContext.forR4Cached());
        LongConsumer progress = done -> {
            if (done % LINE_EVERY == 0 && done > 0) {
                out.println(done + " records looked at");
            }
        };
        try {
            return verb.equals("apply") ? apply(walk.apply(progress), out) : verify(walk.verify(progress), out);
        } catch (DataAccessException broken) {
            out.println("It was broken off by the database ("
                    + broken.getClass().getSimpleName() + "); what was done stays done, so start it again.");
            return 1;
        }
    }

    private static int verify(LabelWalk.Found found, PrintStream out) {
        if (found.holds()) {
            out.println("Each of " + found.looked() + " records carries its labels" + table() + ".");
            return 0;
        }
        out.println("RECORDS LACK LABELS: " + found.lacking() + " of " + found.looked() + table() + unread(found)
                + ". ./sinusnode labels apply gives them.");
        return LACKING;
    }

    private static int apply(LabelWalk.Found found, PrintStream out) {
        out.println("Labels were given " + found.lacking() + " times, among " + found.looked() + " records" + table()
                + unread(found) + ".");
        return found.unread() == 0 ? 0 : LACKING;
    }

    private static String table() {
        return " (table " + SensitiveCodes.VERSION + " of sensitive codes)";
    }

    private static String unread(LabelWalk.Found found) {
        return found.unread() == 0 ? "" : "; " + found.unread() + " are kept in a form that cannot be read here";
    }
}
