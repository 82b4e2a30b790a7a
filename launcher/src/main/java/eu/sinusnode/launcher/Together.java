package eu.sinusnode.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Several things at once, all of them awaited. */
public final class Together {

    private Together() {}

    public static void run(Runnable... works) {
        run(Arrays.asList(works));
    }

    /** @throws RuntimeException the first failure, with the others as suppressed ones, once all have ended */
    public static void run(List<Runnable> works) {
        List<CompletableFuture<Void>> running =
                works.stream().map(CompletableFuture::runAsync).toList();
        RuntimeException failure = null;
        for (CompletableFuture<Void> one : running) {
            try {
                one.join();
            } catch (CompletionException e) {
                failure = add(failure, e.getCause() instanceof RuntimeException cause ? cause : e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException add(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }
}
