package eu.sinusnode.launcher.registration;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import eu.sinusnode.keycloak.realm.ClientKeys;
import eu.sinusnode.keycloak.realm.ClientRegistration;
import eu.sinusnode.keycloak.realm.DemoRegistrations;
import eu.sinusnode.keycloak.realm.PartnerAddress;
import eu.sinusnode.keycloak.realm.Registrations;
import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Installation;
import eu.sinusnode.launcher.http.Callers;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.residency.ResidencyRules;
import eu.sinusnode.policy.residency.signed.ResidencyReader;
import eu.sinusnode.policy.residency.signed.UnreadableDocumentException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes programs in: clinics' and insurers' systems, device gateways, apps. Asked twice for the same, it says so. */
public final class Registrar {

    private final Installation installation;
    private final Callers callers;
    private final RegistrationBook book;

    public Registrar(Installation installation, Callers callers) {
        this.installation = installation;
        this.callers = callers;
        this.book = new RegistrationBook(installation);
    }

    /**
     * A program that acts for its organization.
     *
     * @param organization id of its Organization; null to have one made of title and country
     * @param jwksUrl where it publishes its keys, signed with {@code algorithm}; null otherwise
     * @param publicKey file of its key; null otherwise. Without either, a key pair is made for it
     */
    public record BackendOrder(
            CallerKind kind,
            String clientId,
            String title,
            String country,
            @Nullable String organization,
            @Nullable URI jwksUrl,
            String algorithm,
            @Nullable Path publicKey) {}

    /** @return what the partner must be told, line by line */
    public List<String> register(BackendOrder order) {
        requireInside(order.country());
        Registrations known = book.read();
        requireFree(order.clientId(), known.client(order.clientId()).isPresent());
        ClientKeys keys = keys(order);
        String organization = order.organization() == null
                ? FhirRecords.idOf("Organization", order.clientId())
                : order.organization();
        Registrations.Client wanted = new Registrations.Client(
                checked(() -> new ClientRegistration.Backend(
                        order.clientId(), order.title(), order.country(), order.kind(), organization)),
                keys);
        if (!isRegistered(known.client(order.clientId()), wanted)) {
            if (order.organization() == null) {
                new FhirRecords(callers.as(DemoRegistrations.LOADER))
                        .organization(order.clientId(), order.title(), order.country(), organizationType(order.kind()));
            }
            book.apply(known.with(wanted));
        }
        return Partner.of(installation)
                .backend(
                        wanted,
                        order.jwksUrl() == null && order.publicKey() == null ? keyFile(order.clientId()) : null);
    }

    /** Code of {@code http://terminology.hl7.org/CodeSystem/organization-type}. */
    private static String organizationType(CallerKind kind) {
        return switch (kind) {
            case INSURER -> "pay";
            case RESEARCHER -> "crs";
            default -> "prov";
        };
    }

    /** A program that people use. */
    public List<String> register(ClientRegistration.App app) {
        requireInside(app.jurisdiction());
        Registrations known = book.read();
        requireFree(app.clientId(), known.client(app.clientId()).isPresent());
        Registrations.Client wanted = new Registrations.Client(app, null);
        if (!isRegistered(known.client(app.clientId()), wanted)) {
            URI logout = app.logoutUri();
            if (logout != null) {
                checked(() -> PartnerAddress.checked(logout, "The address that is told of logouts"));
            }
            book.apply(known.with(wanted));
        }
        Set<String> scopes = new TreeSet<>();
        app.people().forEach(kind -> scopes.addAll(AccessMatrix.standard().scopesOf(kind)));
        return Partner.of(installation).app(app, scopes);
    }

    /**
     * A further key beside those that a registered client has.
     *
     * @param publicKey file of a key for the same algorithm
     */
    public void addKey(String clientId, Path publicKey) {
        Registrations known = book.read();
        Registrations.Client client = known.client(clientId)
                .orElseThrow(() -> new Trouble(
                        "No client " + clientId + " was registered here.", "The demo's own clients keep their keys."));
        ClientKeys keys = client.keys();
        if (keys == null || keys.url() != null) {
            throw new Trouble(clientId + " has no keys here.", "It is an app, or publishes its keys by itself.");
        }
        List<JWK> all = new ArrayList<>(keys.set().getKeys());
        PublicKeys.read(publicKey).getKeys().stream()
                .filter(key -> all.stream().noneMatch(other -> other.getKeyID().equals(key.getKeyID())))
                .forEach(all::add);
        ClientKeys both = checked(() -> ClientKeys.of(new JWKSet(all)));
        book.apply(known.with(new Registrations.Client(client.registration(), both)));
    }

    /** Turns what a registration refuses into a sentence for the user. */
    public static <T> T checked(Supplier<T> registration) {
        try {
            return registration.get();
        } catch (IllegalArgumentException e) {
            throw new Trouble(String.valueOf(e.getMessage()), "Nothing was registered.", e);
        }
    }

    /** Told early what the server would refuse; it reads the file with its signature. */
    private void requireInside(String country) {
        Path file = installation.home().residency();
        try {
            ResidencyRules rules = ResidencyReader.read(Files.readString(file)).rules();
            if (!rules.contains(country, LocalDate.now(ZoneOffset.UTC))) {
                throw new Trouble(
                        "'" + country + "' lies outside the tier " + rules.tier() + ": data may not go there.",
                        "Register the establishment inside the tier that will answer for the data, if there is one.");
            }
        } catch (IOException | UnreadableDocumentException e) {
            throw new Trouble(
                    file + ", which says where data may go, cannot be read (" + e.getMessage() + ").",
                    "The server makes it at its first start: ./sinusnode up. docs/residency.md tells more.",
                    e);
        }
    }

    private void requireFree(String clientId, boolean registered) {
        if (!registered && book.clientIds().contains(clientId)) {
            throw new Trouble("The client id " + clientId + " is the demo's own.", "Choose another name.");
        }
    }

    private static boolean isRegistered(Optional<Registrations.Client> known, Registrations.Client wanted) {
        if (known.isPresent() && !known.get().equals(wanted)) {
            throw new Trouble(
                    "The client id " + wanted.registration().clientId() + " is registered otherwise.",
                    "Choose another name; a further key of the same client comes with ./sinusnode keys add.");
        }
        return known.isPresent();
    }

    private ClientKeys keys(BackendOrder order) {
        if (order.jwksUrl() != null) {
            URI url = order.jwksUrl();
            return checked(() -> ClientKeys.at(url, order.algorithm()));
        }
        if (order.publicKey() != null) {
            JWKSet read = PublicKeys.read(order.publicKey());
            return checked(() -> ClientKeys.of(read));
        }
        try {
            checked(() -> new ClientRegistration.Backend(
                    order.clientId(), order.title(), order.country(), order.kind(), "to-be-made"));
            return ClientKeys.of(
                    new JWKSet(book.secrets().clientKey(order.clientId()).toPublicJWK()));
        } catch (IOException e) {
            throw new Trouble(
                    "A key for " + order.clientId() + " cannot be written (" + e.getMessage() + ").",
                    "Run this as the user who owns " + installation.home().root() + ".",
                    e);
        }
    }

    private Path keyFile(String clientId) {
        return installation.home().secrets().resolve("clients").resolve(clientId + ".jwk.json");
    }
}
