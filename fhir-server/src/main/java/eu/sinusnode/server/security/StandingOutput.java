package eu.sinusnode.server.security;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * An answer that asks, every half minute after its first byte, whether its token still stands. When it does not, or nobody
 * can tell, nothing of the answer leaves any more, whoever goes on writing: a writer swallows what a stream throws.
 */
final class StandingOutput extends ServletOutputStream {

    static final Duration BETWEEN = Duration.ofSeconds(30);

    private final ServletOutputStream target;
    private final BooleanSupplier stands;
    private final Runnable ended;
    private final LongSupplier nanos;
    private boolean begun;
    private boolean over;
    private long askedAt;

    /**
     * @param stands asked in the thread that writes
     * @param ended told once, when the answer breaks off
     * @param nanos nanoseconds from any origin
     */
    StandingOutput(ServletOutputStream target, BooleanSupplier stands, Runnable ended, LongSupplier nanos) {
        this.target = target;
        this.stands = stands;
        this.ended = ended;
        this.nanos = nanos;
    }

    @Override
    public void write(int one) throws IOException {
        demandStanding();
        target.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        demandStanding();
        target.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        demandStanding();
        target.flush();
    }

    /** The end of an answer is a part of it: one that broke off has none. */
    @Override
    public void close() throws IOException {
        if (!over) {
            target.close();
        }
    }

    private void demandStanding() throws IOException {
        long now = nanos.getAsLong();
        if (!begun) {
            begun = true;
            askedAt = now;
        } else if (!over && now - askedAt >= BETWEEN.toNanos()) {
            askedAt = now;
            over = !isStanding();
            if (over) {
                ended.run();
            }
        }
        if (over) {
            throw new IOException("The token of this answer has ended.");
        }
    }

    private boolean isStanding() {
        try {
            return stands.getAsBoolean();
        } catch (StandingUnknownException e) {
            return false;
        }
    }

    @Override
    public boolean isReady() {
        return target.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        target.setWriteListener(listener);
    }
}
