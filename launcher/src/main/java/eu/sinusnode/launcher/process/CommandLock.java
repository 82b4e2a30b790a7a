package eu.sinusnode.launcher.process;

import eu.sinusnode.launcher.Trouble;
import eu.sinusnode.launcher.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** At most one command changes a home at a time. The kernel lets go of the lock when the holder dies, however it dies. */
public final class CommandLock implements AutoCloseable {

    private final FileChannel channel;

    private CommandLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws Trouble when another command is at work in the same home */
    public static CommandLock take(Home home) {
        try {
            FileChannel channel = FileChannel.open(
                    home.run().resolve("command.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new Trouble(
                        "Another sinusnode command is at work in " + home.root() + ".",
                        "Wait until it has ended, or use a SINUSNODE_HOME of your own.");
            }
            return new CommandLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
