package eu.sinusnode.server.edge;

import eu.sinusnode.server.keys.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A CA of this installation alone and a certificate for loopback names, made at the first start and renewed before it
 * ends. {@code keytool}, which is part of every Java, signs; the CA's key stays in a key store whose password stays with it
 * (0600), so that client certificates can be issued too.
 */
final class DemoCertificates {

    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    private static final String LOOPBACK = "san=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1";
    private static final String PASSWORD_VARIABLE = "SINUSNODE_TLS_STORE";

    private final Path directory;

    /** @param home SINUSNODE_HOME; files go to {@code secrets/tls} */
    DemoCertificates(Path home) {
        this.directory = home.resolve("secrets").resolve("tls");
    }

    Path certificate() {
        return directory.resolve("server.pem");
    }

    Path key() {
        return directory.resolve("server.key.pem");
    }

    /** What clients are told to trust. */
    Path ca() {
        return directory.resolve("ca.pem");
    }

    /** @throws IllegalStateException with a sentence when they cannot be made */
    void ensure(Instant now) {
        try {
            PrivateFiles.createDirectories(directory);
            PrivateFiles.demandPrivate(directory);
            if (!Files.exists(ca())) {
                makeCa();
            }
            if (!Files.exists(certificate()) || !Files.exists(key()) || endsSoon(now)) {
                issue("server", "CN=localhost", List.of("-ext", LOOPBACK, "-ext", "eku=serverAuth"));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The certificate of the demo cannot be made in " + directory
                            + "; set sinusnode.tls.certificate and sinusnode.tls.key to one of your own.",
                    e);
        }
    }

    /** Makes {@code <name>.pem} (with its chain) and {@code <name>.key.pem}, signed by the CA. */
    void issue(String name, String subject, List<String> extensions) throws IOException, GeneralSecurityException {
        Path store = directory.resolve("." + name + ".p12");
        Path request = directory.resolve("." + name + ".csr");
        Path signed = directory.resolve("." + name + ".crt");
        try {
            generate(store, name, "secp256r1", subject, "397", List.of());
            keytool(store, List.of("-certreq", "-alias", name, "-file", request.toString()));
            List<String> sign = new ArrayList<>(List.of(
                    "-gencert", "-rfc", "-alias", "ca", "-infile", request.toString(), "-outfile", signed.toString()));
            sign.addAll(List.of("-validity", "397", "-sigalg", "SHA384withECDSA", "-ext", "ku:c=digitalSignature"));
            sign.addAll(extensions);
            keytool(caStore(), sign);
            KeyStore keys = open(store);
            PrivateFiles.write(
                    directory.resolve(name + ".key.pem"),
                    pem(
                            "PRIVATE KEY",
                            keys.getKey(name, password().toCharArray()).getEncoded()));
            PrivateFiles.write(directory.resolve(name + ".pem"), Files.readString(signed) + Files.readString(ca()));
        } finally {
            for (Path draft : List.of(store, request, signed)) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private void makeCa() throws IOException, GeneralSecurityException {
        Files.deleteIfExists(caStore());
        generate(
                caStore(),
                "ca",
                "secp384r1",
                "CN=SinusNode CA of this installation",
                "3650",
                List.of("-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign,cRLSign"));
        Certificate ca = open(caStore()).getCertificate("ca");
        PrivateFiles.write(ca(), pem("CERTIFICATE", ca.getEncoded()));
    }

    private void generate(Path store, String alias, String curve, String subject, String days, List<String> extensions)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-groupname", curve));
        arguments.addAll(List.of("-sigalg", "SHA384withECDSA", "-dname", subject, "-validity", days));
        arguments.addAll(extensions);
        keytool(store, arguments);
    }

    private boolean endsSoon(Instant now) throws IOException, GeneralSecurityException {
        try (InputStream file = Files.newInputStream(certificate())) {
            X509Certificate first = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificates(file)
                    .iterator()
                    .next();
            return first.getNotAfter().toInstant().isBefore(now.plus(RENEW_BEFORE));
        }
    }

    private Path caStore() {
        return directory.resolve("ca.p12");
    }

    private KeyStore open(Path store) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), password().toCharArray());
    }

    /** Generated once, of this folder's stores; never on a command line. */
    private String password() throws IOException {
        Path file = directory.resolve("store-password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            PrivateFiles.write(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file);
    }

    private void keytool(Path store, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass:env", PASSWORD_VARIABLE, "-J-Xmx64m"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(PASSWORD_VARIABLE, password());
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("keytool " + arguments.get(0) + " failed: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while keytool ran.", e);
        } finally {
            process.destroy();
        }
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + what
                + "-----\n";
    }
}
