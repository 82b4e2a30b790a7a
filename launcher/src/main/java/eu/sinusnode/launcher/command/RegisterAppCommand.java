package eu.sinusnode.launcher.command;

import eu.sinusnode.keycloak.realm.ClientRegistration;
import eu.sinusnode.launcher.registration.Registrar;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "app", description = "A SMART app that people use.", mixinStandardHelpOptions = true)
final class RegisterAppCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The client id: lower-case letters, digits, hyphens.")
    private String name;

    @Option(names = "--title", required = true, description = "The name that people read at the login.")
    private String title;

    @Option(names = "--country", required = true, description = "Where its operator is established, such as DE.")
    private String country;

    @Option(
            names = "--for",
            required = true,
            split = ",",
            description = "Whose app it is: ${COMPLETION-CANDIDATES}; several with commas.")
    private Set<PersonKind> people;

    @Option(names = "--redirect-uri", required = true, paramLabel = "URI", description = "Exact; may be repeated.")
    private List<String> redirectUris;

    @Option(names = "--logout-uri", paramLabel = "URI", description = "Told when a session ends (back-channel logout).")
    private @Nullable URI logoutUri;

    @ParentCommand
    private RegisterCommand parent;

    @Override
    public Integer call() {
        return parent.show(system -> new Registrar(system.installation(), system.callers())
                .register(Registrar.checked(() -> new ClientRegistration.App(
                        name, title, country, PersonKind.kinds(people), redirectUris, logoutUri))));
    }
}
