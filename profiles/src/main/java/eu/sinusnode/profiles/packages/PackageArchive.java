package eu.sinusnode.profiles.packages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One package as its archive holds it: the manifest, and of the resources in {@code package/} those that validation asks
 * for. Examples, narratives of the guide and what else lies in deeper folders are passed over.
 */
record PackageArchive(PackageManifest manifest, List<PackagedDefinition> definitions) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> USED = Set.of("StructureDefinition", "ValueSet", "CodeSystem");
    private static final String FOLDER = "package/";
    private static final String MANIFEST = "package.json";
    /** No definition comes near; an archive that unpacks to more is no package. */
    private static final int LARGEST_FILE = 64 << 20;

    private record Content(String name, byte[] json) {}

    /** @throws PackageException when the archive cannot be read or is not a FHIR R4 package */
    static PackageArchive read(Path archive) {
        String file = Objects.requireNonNull(archive.getFileName()).toString();
        List<Content> contents = contents(archive, file);
        PackageManifest manifest = contents.stream()
                .filter(content -> content.name().equals(MANIFEST))
                .findFirst()
                .map(content -> PackageManifest.of(file, tree(file, content)))
                .orElseThrow(() -> new PackageException("The file " + file
                        + " is no FHIR package: it has no package/package.json. Take it out of the folder."));
        List<PackagedDefinition> definitions = contents.stream()
                .map(content -> definition(manifest, content))
                .filter(Objects::nonNull)
                .toList();
        return new PackageArchive(manifest, definitions);
    }

    private static List<Content> contents(Path archive, String file) {
        List<Content> contents = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(archive);
                TarArchiveInputStream entries = new TarArchiveInputStream(new GZIPInputStream(bytes))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                String name = nameInFolder(entry);
                if (name != null) {
                    byte[] json = entries.readNBytes(LARGEST_FILE + 1);
                    if (json.length > LARGEST_FILE) {
                        throw new PackageException("The FHIR package " + file + " holds a file of more than 64 MB, "
                                + name + ". Take the package out of the folder.");
                    }
                    contents.add(new Content(name, withoutByteOrderMark(json)));
                }
            }
        } catch (IOException e) {
            throw new PackageException(
                    "The FHIR package " + file
                            + " cannot be read; it is damaged or no .tgz archive. Fetch it again, or take it out of the folder.",
                    e);
        }
        return contents;
    }

    /** File name of a JSON file that lies in the package's folder itself. */
    private static @Nullable String nameInFolder(TarArchiveEntry entry) {
        String path = entry.getName();
        if (!entry.isFile() || !path.startsWith(FOLDER) || !path.endsWith(".json")) {
            return null;
        }
        String name = path.substring(FOLDER.length());
        return name.contains("/") || name.startsWith(".") ? null : name;
    }

    private static byte[] withoutByteOrderMark(byte[] json) {
        boolean marked = json.length >= 3 && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB && json[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(json, 3, json.length) : json;
    }

    private static @Nullable PackagedDefinition definition(PackageManifest manifest, Content content) {
        JsonNode resource = tree(manifest.file(), content);
        String type = resource.path("resourceType").asText();
        if (!USED.contains(type)) {
            return null;
        }
        String url = resource.path("url").asText();
        if (url.isEmpty()) {
            throw new PackageException(
                    "In the FHIR package " + manifest.file() + " the " + type + " " + content.name()
                            + " has no url, so nothing can refer to it. Fetch the package again, or take it out of the folder.");
        }
        return PackagedDefinition.of(
                manifest.title() + ", " + content.name(),
                type,
                url,
                resource.path("version").asText(),
                content.json());
    }

    private static JsonNode tree(String file, Content content) {
        try {
            return JSON.readTree(new ByteArrayInputStream(content.json()));
        } catch (JsonProcessingException e) {
            throw new PackageException(
                    "In the FHIR package " + file + " the file " + content.name()
                            + " is not well-formed JSON. Fetch the package again, or take it out of the folder.",
                    e);
        } catch (IOException e) {
            throw new PackageException("The FHIR package " + file + " cannot be read.", e);
        }
    }
}
