package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.registration.PeopleOffice;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "person",
        description = "Somebody with a login. Password and second factor are told once, and not kept.",
        mixinStandardHelpOptions = true)
final class RegisterPersonCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The user name: lower-case letters, digits, dots, hyphens.")
    private String name;

    @Option(names = "--as", required = true, description = "One of: ${COMPLETION-CANDIDATES}")
    private PersonKind kind;

    @Option(names = "--title", description = "The name of a clinician or representative, for the FHIR resource.")
    private @Nullable String title;

    @Option(
            names = "--relationship",
            paramLabel = "CODE",
            defaultValue = "HPOWATT",
            description =
                    "A representative's, of HL7's v3-RoleCode: GUARD, DAUC ... (default: HPOWATT, power of attorney).")
    private String relationship;

    @Option(names = "--organization", paramLabel = "ID", description = "Whom clinicians and other staff act for.")
    private @Nullable String organization;

    @Option(names = "--patient", paramLabel = "ID", description = "Whose record patients and representatives open.")
    private @Nullable String patient;

    @Option(names = "--from", paramLabel = "DATE", description = "First day of a representative; default: today.")
    private @Nullable LocalDate from;

    @Option(names = "--until", paramLabel = "DATE", description = "Last day of a representative; default: none.")
    private @Nullable LocalDate until;

    @Option(names = "--keep", description = "Keep password and second factor in secrets/users.json, as the demo does.")
    private boolean keep;

    @Option(names = "--renew", description = "New password and second factor for somebody who is registered.")
    private boolean renew;

    @ParentCommand
    private RegisterCommand parent;

    @Override
    public Integer call() {
        LocalDate first = from == null ? LocalDate.now(ZoneOffset.UTC) : from;
        return parent.show(system -> new PeopleOffice(system.installation(), system.callers())
                .register(
                        new PeopleOffice.PersonOrder(
                                name, kind.kind(), title, relationship, organization, patient, first, until),
                        keep,
                        renew));
    }
}
