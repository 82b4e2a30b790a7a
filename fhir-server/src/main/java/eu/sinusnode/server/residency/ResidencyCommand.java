package eu.sinusnode.server.residency;

import eu.sinusnode.policy.residency.signed.ResidencyDocument;
import eu.sinusnode.server.keys.KeyException;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKey;
import eu.sinusnode.server.keys.PurposeKeys;
import eu.sinusnode.server.storage.CommandDatabase;
import eu.sinusnode.server.storage.Zone;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * {@code ResidencyCommand sign} and {@code ResidencyCommand verify}, with SINUSNODE_HOME in the environment. Each signing
 * makes a new key, and only the newest counts: a file that was signed before cannot be put back. Exit codes: 0 done, or
 * the signature holds; 1 it could not be done; 2 wrong use; 4 the signature does not hold.
 */
public final class ResidencyCommand {

    private static final String USE = "Use: sign | verify";
    private static final int BROKEN = 4;

    private ResidencyCommand() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), Clock.systemUTC(), System.out));
    }

    static int run(String[] arguments, Map<String, String> environment, Clock clock, PrintStream out) {
        Path home = CommandDatabase.home(environment);
        ResidencyFiles files = new ResidencyFiles(home);
        try {
            return switch (arguments.length == 1 ? arguments[0] : "") {
                case "sign" -> sign(files, home, clock, out);
                case "verify" -> verify(files, home, clock, out);
                default -> {
                    out.println(USE);
                    yield 2;
                }
            };
        } catch (ResidencyException e) {
            out.println(e.getMessage() + " " + e.remedy());
            return arguments[0].equals("verify") ? BROKEN : 1;
        } catch (IOException | KeyException e) {
            out.println("The residency file could not be signed or read: " + e.getMessage());
            return 1;
        }
    }

    private static int sign(ResidencyFiles files, Path home, Clock clock, PrintStream out) throws IOException {
        ResidencyDocument document = files.readUnsigned();
        List<String> refusals = document.refusals(List.of(), LocalDate.now(clock.withZone(Zone.OF_DATES)));
        if (!refusals.isEmpty()) {
            out.println(files.document() + " was not signed: " + String.join(" And ", refusals));
            return 1;
        }
        PurposeKey key = PurposeKeys.rotate(home, KeyPurpose.RESIDENCY, clock);
        files.sign(key);
        SignedResidency signed = files.verified(key);
        out.println("Signed " + files.document() + ", version " + document.version() + ", tier "
                + document.rules().tier() + ", SHA-256 " + signed.sha256()
                + ". A running server keeps to what it started with; restart it.");
        return 0;
    }

    private static int verify(ResidencyFiles files, Path home, Clock clock, PrintStream out) {
        SignedResidency signed = files.verified(PurposeKeys.open(home, clock).current(KeyPurpose.RESIDENCY));
        out.println("The signature of " + files.document() + " holds: version "
                + signed.document().version() + ", tier " + signed.rules().tier() + ", SHA-256 " + signed.sha256());
        return 0;
    }
}
