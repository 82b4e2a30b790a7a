package eu.sinusnode.server.erasure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Looks for texts in the bytes of every file below some folders. */
final class ByteSearch {

    private final Map<String, String> needles = new TreeMap<>();

    /** A UUID is looked for as PostgreSQL keeps it, too, and a word as an index does. */
    ByteSearch(Collection<String> texts) {
        for (String text : texts) {
            needles.put(text, bytes(text));
            needles.put(text + " in small letters", bytes(text.toLowerCase(Locale.ROOT)));
            if (text.matches("[0-9a-f]{8}-[0-9a-f-]{27}")) {
                UUID id = UUID.fromString(text);
                byte[] bytes = ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
                needles.put(text + " in 16 bytes", new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** What was found, by file. */
    List<String> below(Path... folders) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path folder : folders) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) {
                        look(file, found);
                    }
                    return FileVisitResult.CONTINUE;
                }

                /** PostgreSQL removes files while we look. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        }
        return found;
    }

    private void look(Path file, List<String> found) throws IOException {
        String bytes;
        try {
            bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return;
        }
        needles.forEach((name, needle) -> {
            if (bytes.contains(needle)) {
                found.add(name + " in " + file);
            }
        });
    }
}
