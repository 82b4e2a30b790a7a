package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who was registered by command, and who is blocked: what the realm has beside the demo's own clients and people. It is
 * kept in one file of the state directory and holds no secret.
 *
 * @param blockedClients client ids, the demo's too
 * @param blockedPeople user names, the demo's too
 */
public record Registrations(
        List<Client> clients, List<Member> people, SortedSet<String> blockedClients, SortedSet<String> blockedPeople) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param keys of a backend client; an app has none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Client(
            ClientRegistration registration, @Nullable ClientKeys keys) {}

    /** @param secretsKept whether password and second factor lie in this installation's secrets; else the person has them */
    public record Member(Person person, boolean secretsKept) {}

    public Registrations {
        clients = List.copyOf(clients);
        people = List.copyOf(people);
        blockedClients = new TreeSet<>(blockedClients);
        blockedPeople = new TreeSet<>(blockedPeople);
    }

    public static Registrations none() {
        return new Registrations(List.of(), List.of(), new TreeSet<>(), new TreeSet<>());
    }

    /** @return none when there is no file yet */
    public static Registrations read(Path file) throws IOException {
        return Files.exists(file) ? JSON.readValue(file.toFile(), Registrations.class) : none();
    }

    public void write(Path file) throws IOException {
        PrivateFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    public Optional<Client> client(String clientId) {
        return clients.stream()
                .filter(client -> client.registration().clientId().equals(clientId))
                .findFirst();
    }

    public Optional<Member> person(String username) {
        return people.stream()
                .filter(member -> member.person().username().equals(username))
                .findFirst();
    }

    /** With this client, in place of one of the same id. */
    public Registrations with(Client client) {
        String id = client.registration().clientId();
        return new Registrations(
                replaced(clients, other -> other.registration().clientId().equals(id), client),
                people,
                blockedClients,
                blockedPeople);
    }

    /** With this person, in place of one of the same name. */
    public Registrations with(Member member) {
        String name = member.person().username();
        return new Registrations(
                clients,
                replaced(people, other -> other.person().username().equals(name), member),
                blockedClients,
                blockedPeople);
    }

    public Registrations withClientBlocked(String clientId, boolean blocked) {
        return new Registrations(clients, people, changed(blockedClients, clientId, blocked), blockedPeople);
    }

    public Registrations withPersonBlocked(String username, boolean blocked) {
        return new Registrations(clients, people, blockedClients, changed(blockedPeople, username, blocked));
    }

    private static SortedSet<String> changed(SortedSet<String> names, String name, boolean in) {
        SortedSet<String> changed = new TreeSet<>(names);
        if (in) {
            changed.add(name);
        } else {
            changed.remove(name);
        }
        return changed;
    }

    private static <T> List<T> replaced(List<T> all, Predicate<T> old, T replacement) {
        List<T> changed = new ArrayList<>(all);
        changed.removeIf(old);
        changed.add(replacement);
        return changed;
    }
}
