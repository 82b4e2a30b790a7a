package eu.sinusnode.keycloak.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipArchiveTest {

    @TempDir
    Path temp;

    @Test
    void unpacksWithoutTheTopFolderAndMakesScriptsExecutable() throws IOException {
        Path target = temp.resolve("dist");
        ZipArchive.unpack(zip("keycloak-1/bin/kc.sh", "keycloak-1/lib/a.jar"), target);
        assertThat(target.resolve("bin/kc.sh")).isExecutable().hasContent("keycloak-1/bin/kc.sh");
        assertThat(target.resolve("lib/a.jar")).exists();
        assertThat(Files.isExecutable(target.resolve("lib/a.jar"))).isFalse();
    }

    @Test
    void aNameThatLeadsOutsideIsRefused() throws IOException {
        Path zip = zip("keycloak-1/../../../evil.sh");
        assertThatThrownBy(() -> ZipArchive.unpack(zip, temp.resolve("a/b")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside itself");
        assertThat(temp.resolve("evil.sh")).doesNotExist();
    }

    @Test
    void deletesATreeAndDoesNotMindThatThereIsNone() throws IOException {
        Path target = temp.resolve("dist");
        ZipArchive.unpack(zip("k/bin/kc.sh"), target);
        ZipArchive.deleteTree(target);
        ZipArchive.deleteTree(target);
        assertThat(target).doesNotExist();
    }

    private Path zip(String... names) throws IOException {
        Path zip = temp.resolve("archive.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return zip;
    }
}
