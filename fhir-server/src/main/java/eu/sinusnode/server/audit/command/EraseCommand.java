package eu.sinusnode.server.audit.command;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.audit.store.AuditErasure;
import eu.sinusnode.server.audit.store.EventOpener;
import eu.sinusnode.server.audit.store.Recordable;
import eu.sinusnode.server.audit.store.SubjectTable;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;

/** Unlinks a person from the audit; that it was done is an event, and whose it was is not in it. */
final class EraseCommand {

    private static final Pattern PATIENT = Pattern.compile("Patient/[A-Za-z0-9\\-.]{1,64}");
    private static final Pattern FURTHER = Pattern.compile("(RelatedPerson|sub)/[A-Za-z0-9\\-.]{1,64}");

    private EraseCommand() {}

    static int run(AuditCommand.Place place, List<String> persons, PrintStream out) {
        boolean formed = !persons.isEmpty()
                && PATIENT.matcher(persons.get(0)).matches()
                && persons.stream().skip(1).allMatch(one -> FURTHER.matcher(one).matches());
        if (!formed) {
            out.println("Use: erase Patient/ID [RelatedPerson/ID …] [sub/ACCOUNT …]");
            return 2;
        }
        SubjectTable subjects = new SubjectTable(place.dataSource(), place.keys());
        AuditErasure erasure =
                new AuditErasure(place.dataSource(), subjects, new EventOpener(FhirContext.forR4Cached(), subjects));
        Clock clock = Clock.systemUTC();
        int[] rows = {0};
        try {
            place.store(clock).append(List.of(Recordable.single(ErasureEvent.of(clock.instant()))), () -> {
                rows[0] = erasure.erase(
                        ids(persons, "Patient/").get(0), ids(persons, "RelatedPerson/"), ids(persons, "sub/"));
                if (rows[0] == 0) {
                    throw new NobodyException();
                }
            });
        } catch (NobodyException e) {
            out.println("The audit has nothing of this person.");
            return 0;
        }
        out.println("Unlinked: " + rows[0] + " keys of the person are gone, and the events cannot be told as theirs."
                + " What a running server has recorded in the last seconds may still come: erase once more then.");
        return 0;
    }

    /** Takes the event of an erasure back that erased nothing. */
    private static final class NobodyException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static List<String> ids(List<String> persons, String prefix) {
        return persons.stream()
                .filter(one -> one.startsWith(prefix))
                .map(one -> one.substring(prefix.length()))
                .toList();
    }
}
