package eu.sinusnode.profiles.packages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Makes FHIR packages for tests. */
final class Archive {

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    static Archive named(String name, String version, String... dependencies) {
        StringBuilder needed = new StringBuilder();
        for (int i = 0; i < dependencies.length; i += 2) {
            needed.append(i == 0 ? "" : ",").append("\"%s\":\"%s\"".formatted(dependencies[i], dependencies[i + 1]));
        }
        return new Archive()
                .with(
                        "package/package.json",
                        "{\"name\":\"%s\",\"version\":\"%s\",\"fhirVersions\":[\"4.0.1\"],\"dependencies\":{%s}}"
                                .formatted(name, version, needed));
    }

    Archive with(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A profile without snapshot. */
    Archive withProfile(String url, String type, String differential) {
        return with("package/StructureDefinition-" + files.size() + ".json", profile(url, type, differential));
    }

    static String profile(String url, String type, String differential) {
        return """
                {"resourceType":"StructureDefinition","url":"%1$s","version":"1.0","name":"P","status":"active","fhirVersion":"4.0.1",
                "kind":"resource","abstract":false,"type":"%2$s","baseDefinition":"http://hl7.org/fhir/StructureDefinition/%2$s",
                "derivation":"constraint","differential":{"element":[%3$s]}}""".formatted(url, type, differential);
    }

    Path writeTo(Path folder, String file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(each.getKey());
                entry.setSize(each.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(each.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return write(folder.resolve(file), bytes.toByteArray());
    }

    static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
