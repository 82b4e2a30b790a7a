package eu.sinusnode.server.fulltext.index;

import eu.sinusnode.policy.access.FaultOrigin;
import eu.sinusnode.server.keys.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.store.LockObtainFailedException;
import org.hibernate.search.engine.environment.bean.BeanReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's own index, in files of the state directory that its user alone can read. */
public final class LuceneFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LuceneFiles.class);

    private LuceneFiles() {}

    /** Below the state directory; how far the index has got stands beside it. */
    public static Path directory(Path home) {
        return home.resolve("full-text");
    }

    /**
     * Opens the index, or an empty one when there is none or its files are damaged: it is a copy, and is made anew.
     *
     * @throws IllegalStateException when another process has it
     */
    public static TextIndex open(Path directory) {
        try {
            PrivateFiles.createDirectories(directory);
            PrivateFiles.demandPrivate(directory);
            try {
                return write(directory);
            } catch (RuntimeException e) {
                demandNotInUse(directory, e);
                LOG.warn("The full-text index cannot be opened and is made anew: {}", FaultOrigin.of(e));
                empty(directory);
                return write(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The full-text index's directory cannot be used.", e);
        }
    }

    /** Its first search opens the files, so that damage is found here and not by a caller. */
    private static TextIndex write(Path directory) {
        TextIndex index = TextIndex.open(settings(directory, "create-or-validate", "near-real-time"));
        try {
            index.documents();
            return index;
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
    }

    /** Looks into the index as it was last committed, beside a process that writes it. */
    public static TextIndex look(Path directory) {
        return TextIndex.open(settings(directory, "none", "debug"));
    }

    private static Map<String, Object> settings(Path directory, String schema, String strategy) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.search.schema_management.strategy", schema);
        settings.put("hibernate.search.backend.type", "lucene");
        settings.put("hibernate.search.backend.lucene_version", "LUCENE_9_11_1");
        settings.put(
                "hibernate.search.backend.directory.root",
                directory.toAbsolutePath().toString());
        settings.put("hibernate.search.backend.io.strategy", strategy);
        settings.put("hibernate.search.backend.analysis.configurer", BeanReference.ofInstance(new LuceneAnalyses()));
        return settings;
    }

    private static void demandNotInUse(Path directory, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockObtainFailedException) {
                throw new IllegalStateException(
                        "Another process uses the full-text index in " + directory
                                + "; give each server a sinusnode.home of its own.",
                        failure);
            }
        }
    }

    private static void empty(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(path -> !path.equals(directory))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
