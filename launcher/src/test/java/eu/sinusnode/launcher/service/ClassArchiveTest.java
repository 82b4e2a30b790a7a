package eu.sinusnode.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.launcher.process.Daemon;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real Java processes, of a program of one class. */
class ClassArchiveTest {

    private static final List<String> SHARED =
            List.of("-Xlog:class+load=info", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    @TempDir
    private Path folder;

    private Path jar;

    /** Does nothing. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {}
    }

    @BeforeEach
    void pack() throws IOException {
        pack("");
    }

    /** @param places of the class in the jar */
    private void pack(String... places) throws IOException {
        jar = folder.resolve("program.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        String entry = Program.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String place : places) {
                out.putNextEntry(new JarEntry(place + entry));
                try (InputStream bytes = Program.class.getResourceAsStream("/" + entry)) {
                    bytes.transferTo(out);
                }
            }
        }
    }

    @Test
    void theSecondRunHasItsClassesFromTheFirst() throws Exception {
        assertThat(whenceLoaded()).contains("source: file:");

        assertThat(archive().make()).isTrue();

        assertThat(whenceLoaded()).contains("source: shared objects file");
    }

    @Test
    void anotherBuildHasAnArchiveOfItsOwn() throws Exception {
        whenceLoaded();
        archive().make();
        Path before = archive().file();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 5000));

        assertThat(archive().file()).isNotEqualTo(before).doesNotExist();
        assertThat(whenceLoaded()).contains("source: file:");
        assertThat(archive().make()).isTrue();
        assertThat(before).doesNotExist();
        assertThat(archive().file()).exists();
    }

    @Test
    void aRunOfAnEarlierBuildLeavesNothingToTheNewOne() throws Exception {
        whenceLoaded();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 5000));

        assertThat(archive().make()).isFalse();
        assertThat(archive().file()).doesNotExist();
    }

    @Test
    void anArchiveThatIsBrokenIsGoneWithout() throws Exception {
        Files.writeString(archive().file(), "no archive");

        assertThat(whenceLoaded()).contains("source: file:");
    }

    @Test
    void aLineOfALambdaThatTheJvmCannotReadIsLeftOut() throws Exception {
        whenceLoaded();
        Path list = Path.of(archive().file() + ".list");
        Files.writeString(list, "@lambda-proxy " + "x".repeat(5000) + "\n", StandardOpenOption.APPEND);

        assertThat(archive().make()).isTrue();
        assertThat(whenceLoaded()).contains("source: shared objects file");
    }

    @Test
    void aClassWithVersionsByReleaseIsReadFromItsJar() throws Exception {
        pack("", "META-INF/versions/9/");
        whenceLoaded();

        assertThat(archive().make()).isTrue();
        assertThat(whenceLoaded()).contains("source: file:");
    }

    @Test
    void aListThatCannotBeUsedLeavesNoArchive() throws Exception {
        whenceLoaded();
        Path list = Path.of(archive().file() + ".list");
        assertThat(list).exists();
        Files.writeString(list, "no class list at all");

        assertThat(archive().make()).isFalse();
        assertThat(folder).isDirectoryNotContaining("glob:**.jsa*");
    }

    private ClassArchive archive() {
        return ClassArchive.of(List.of(jar), jar.toString());
    }

    /** Runs the program to its end: what the JVM says of where its class came from. */
    private String whenceLoaded() throws Exception {
        List<String> command = new ArrayList<>(List.of(Daemon.java().toString()));
        command.addAll(archive().options());
        command.addAll(SHARED);
        command.addAll(List.of("-cp", jar.toString(), Program.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines()
                .filter(line -> line.contains(Program.class.getName() + " source"))
                .findFirst()
                .orElseThrow();
    }
}
