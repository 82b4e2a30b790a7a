package eu.sinusnode.launcher.command;

import eu.sinusnode.launcher.registration.Registrar;
import eu.sinusnode.policy.access.CallerKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What clinics, insurers, researchers and gateways have in common: a program that signs its own assertions. */
abstract class RegisterBackendCommand implements Callable<Integer> {

    @Command(name = "clinic", description = "A clinic's information system.", mixinStandardHelpOptions = true)
    static final class Clinic extends RegisterBackendCommand {
        Clinic() {
            super(CallerKind.CLINIC_SYSTEM);
        }
    }

    @Command(name = "insurer", description = "A health insurer.", mixinStandardHelpOptions = true)
    static final class Insurer extends RegisterBackendCommand {
        Insurer() {
            super(CallerKind.INSURER);
        }
    }

    @Command(
            name = "researcher",
            description = "A research institute: it exports, pseudonymised, what patients permit it.",
            mixinStandardHelpOptions = true)
    static final class Researcher extends RegisterBackendCommand {
        Researcher() {
            super(CallerKind.RESEARCHER);
        }
    }

    @Command(
            name = "gateway",
            description =
                    "A device gateway: it brings vitals of patients who have a Device that its Organization owns.",
            mixinStandardHelpOptions = true)
    static final class Gateway extends RegisterBackendCommand {
        Gateway() {
            super(CallerKind.DEVICE_GATEWAY);
        }
    }

    @Command(
            name = "recorder",
            description = "A clinic's admission desk: it records the Consents that its patients have signed on paper.",
            mixinStandardHelpOptions = true)
    static final class Recorder extends RegisterBackendCommand {
        Recorder() {
            super(CallerKind.CONSENT_RECORDER);
        }
    }

    /** Where the program's public key comes from; without either, a key pair is made. */
    static final class KeySource {
        @Option(names = "--jwks-url", paramLabel = "URL", description = "Where it publishes its JWK set.")
        private @Nullable URI jwksUrl;

        @Option(names = "--public-key", paramLabel = "FILE", description = "Its public key: PEM, JWK or JWK set.")
        private @Nullable Path publicKey;
    }

    private final CallerKind kind;

    @Parameters(paramLabel = "NAME", description = "The client id: lower-case letters, digits, hyphens.")
    private String name;

    @Option(names = "--title", required = true, description = "The name that people read.")
    private String title;

    @Option(names = "--country", required = true, description = "Where its operator is established, such as DE.")
    private String country;

    @Option(names = "--organization", paramLabel = "ID", description = "Its Organization; made when not given.")
    private @Nullable String organization;

    @ArgGroup
    private @Nullable KeySource key;

    @Option(
            names = "--algorithm",
            defaultValue = "ES384",
            description = "With --jwks-url: ES384 or RS384 (default: ES384). A key in a file says it by itself.")
    private String algorithm;

    @ParentCommand
    private RegisterCommand parent;

    RegisterBackendCommand(CallerKind kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() {
        return parent.show(system -> new Registrar(system.installation(), system.callers())
                .register(new Registrar.BackendOrder(
                        kind,
                        name,
                        title,
                        country,
                        organization,
                        key == null ? null : key.jwksUrl,
                        algorithm,
                        key == null ? null : key.publicKey)));
    }
}
