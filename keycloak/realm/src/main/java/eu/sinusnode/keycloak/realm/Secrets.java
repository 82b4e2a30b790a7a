package eu.sinusnode.keycloak.realm;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The passwords and private keys of one installation: generated at first need, kept from then on, so that a second run
 * finds the same. Files are {@code users.json}, {@code clients/<id>.jwk.json} and one file a named password; owner only.
 */
public final class Secrets {

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    /** 24 of 57 characters: 140 bits. */
    private static final int PASSWORD_LENGTH = 24;

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

    /** Passwords by user name; missing ones are generated, none is ever changed or dropped. */
    public SortedMap<String, String> userPasswords(Collection<String> usernames) throws IOException {
        Path file = directory.resolve("users.json");
        SortedMap<String, String> passwords = new TreeMap<>();
        if (Files.exists(file)) {
            passwords.putAll(JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {}));
        }
        int known = passwords.size();
        usernames.forEach(username -> passwords.computeIfAbsent(username, absent -> newPassword()));
        if (passwords.size() > known) {
            PrivateFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(passwords) + "\n");
        }
        return passwords;
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

    private String newPassword() {
        StringBuilder password = new StringBuilder(PASSWORD_LENGTH);
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}
