package eu.sinusnode.server.audit.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A process that journals numbers from four threads, and says each number once it is acknowledged. */
final class JournalWriterProcess {

    private JournalWriterProcess() {}

    public static void main(String[] arguments) {
        Journal journal = Journal.open(Path.of(arguments[0]), new FixedKeys());
        AtomicLong numbers = new AtomicLong();
        for (int i = 0; i < 4; i++) {
            new Thread(() -> {
                        while (true) {
                            String number = Long.toString(numbers.incrementAndGet());
                            journal.append(number.getBytes(StandardCharsets.UTF_8));
                            System.out.println(number);
                        }
                    })
                    .start();
        }
    }
}
