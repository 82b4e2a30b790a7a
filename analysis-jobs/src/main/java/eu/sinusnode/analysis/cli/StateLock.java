package eu.sinusnode.analysis.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** At most one holder of a file at a time. The kernel lets go of it when the holder dies, however it dies. */
final class StateLock implements AutoCloseable {

    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws IOException also when another one holds it */
    static StateLock take(Path state, String name) throws IOException {
        FileChannel channel =
                FileChannel.open(state.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new IOException("Another run uses " + state + "; wait for it or choose another --state");
        }
        return new StateLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
