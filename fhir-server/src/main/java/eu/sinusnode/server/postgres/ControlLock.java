package eu.sinusnode.server.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One controller at a time: between processes by a lock on a file, between threads of this JVM by a lock in memory. */
record ControlLock(Path file) {

    private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

    <T> T during(Supplier<T> work) {
        IN_THIS_JVM.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid()) {
                throw new PostgresException("The lock " + file + " was lost.");
            }
            return work.get();
        } catch (IOException e) {
            throw new PostgresException("The lock " + file + " cannot be taken.", e);
        } finally {
            IN_THIS_JVM.unlock();
        }
    }
}
