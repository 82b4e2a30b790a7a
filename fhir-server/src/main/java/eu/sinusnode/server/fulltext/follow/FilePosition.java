package eu.sinusnode.server.fulltext.follow;

import eu.sinusnode.server.keys.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Beside the files of a node's own index, so that both are lost, copied and put back together. */
public final class FilePosition implements IndexPosition {

    private final Path file;
    private @Nullable IndexState reached;

    /** @param directory of the index */
    public FilePosition(Path directory) {
        this.file = directory.resolve("position");
    }

    /** Nobody else takes a step: Lucene lets one process alone write an index. */
    @Override
    public synchronized IndexState advance(Step step) {
        Optional<IndexState> before = Optional.ofNullable(reached).or(this::remembered);
        Advance advance = step.from(before);
        if (advance.durable()) {
            try {
                PrivateFiles.write(file, advance.state().toString());
            } catch (IOException e) {
                throw new UncheckedIOException("The position of the full-text index cannot be written.", e);
            }
        }
        reached = advance.state();
        return advance.state();
    }

    @Override
    public Optional<IndexState> remembered() {
        try {
            return IndexState.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The position of the full-text index cannot be read.", e);
        }
    }
}
