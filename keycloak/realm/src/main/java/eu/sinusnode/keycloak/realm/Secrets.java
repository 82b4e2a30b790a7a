package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import eu.sinusnode.keycloak.token.Login;
import eu.sinusnode.keycloak.token.Totp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The passwords, second factors and private keys of one installation: generated at first need, kept from then on, so that a second run
 * finds the same. Files are {@code users.json}, {@code clients/<id>.jwk.json} and one file a named password; owner only.
 */
public final class Secrets {

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    /** 24 of 57 characters: 140 bits. */
    private static final int PASSWORD_LENGTH = 24;

    private static final String PASSWORD = "password";
    private static final String TOTP = "totp";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SecureRandom random = new SecureRandom();
    private final Path directory;

    private Secrets(Path directory) {
        this.directory = directory;
    }

    /** @param directory made when absent, readable by its owner alone */
    public static Secrets in(Path directory) throws IOException {
        PrivateFiles.createDirectories(directory);
        PrivateFiles.createDirectories(directory.resolve("clients"));
        return new Secrets(directory);
    }

    /** The logins of these people; what is missing is generated, nothing is ever changed or dropped. */
    public SortedMap<String, Login> logins(Collection<Person> people) throws IOException {
        Path file = usersFile();
        ObjectNode kept = Files.exists(file) ? (ObjectNode) JSON.readTree(file.toFile()) : JSON.createObjectNode();
        ObjectNode before = kept.deepCopy();
        SortedMap<String, Login> logins = new TreeMap<>();
        for (Person person : people) {
            ObjectNode own = ownOf(kept, person.username());
            if (!own.has(PASSWORD)) {
                own.put(PASSWORD, newPassword());
            }
            if (SecondFactor.neededBy(person.callerKind()) && !own.has(TOTP)) {
                own.put(TOTP, Totp.generate(random).secret());
            }
            logins.put(person.username(), login(own));
        }
        if (!kept.equals(before)) {
            PrivateFiles.write(file, kept.toPrettyString() + "\n");
        }
        return logins;
    }

    /** The login that is kept for this name, if one is. */
    public Optional<Login> login(String username) throws IOException {
        if (!Files.exists(usersFile())) {
            return Optional.empty();
        }
        JsonNode own = JSON.readTree(usersFile().toFile()).path(username);
        return own.isObject() ? Optional.of(login(own)) : Optional.empty();
    }

    private Path usersFile() {
        return directory.resolve("users.json");
    }

    private static ObjectNode ownOf(ObjectNode kept, String username) {
        JsonNode known = kept.path(username);
        if (known.isTextual()) {
            // Before there were second factors, a name had a password and nothing else.
            return kept.putObject(username).put(PASSWORD, known.asText());
        }
        return kept.withObjectProperty(username);
    }

    private static Login login(JsonNode own) {
        String totp = own.path(TOTP).asText("");
        return new Login(own.path(PASSWORD).asText(), totp.isEmpty() ? null : new Totp(totp));
    }

    /** The private key (EC P-384, ES384, kid = its thumbprint) with which a backend client signs its assertions. */
    public ECKey clientKey(String clientId) throws IOException {
        Path file = directory.resolve("clients").resolve(clientId + ".jwk.json");
        if (Files.exists(file)) {
            try {
                return ECKey.parse(Files.readString(file));
            } catch (ParseException e) {
                throw new IOException("The key file " + file + " is damaged; delete it and start again.", e);
            }
        }
        ECKey key = newKey();
        PrivateFiles.write(file, key.toJSONString() + "\n");
        return key;
    }

    /** One password in a file of its own, such as {@code keycloak-admin}. */
    public String password(String name) throws IOException {
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        String password = newPassword();
        PrivateFiles.write(file, password + "\n");
        return password;
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_384)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(new Algorithm(JWSAlgorithm.ES384.getName()))
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This Java runtime cannot make EC P-384 keys.", e);
        }
    }

    /** 24 random characters that cannot be mistaken for each other. */
    public static String newPassword() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder(PASSWORD_LENGTH);
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
