package eu.sinusnode.server.security;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** An answer that asks, every half minute after its first byte, whether its token still stands. */
final class StandingOutput extends ServletOutputStream {

    static final Duration BETWEEN = Duration.ofSeconds(30);

    private final ServletOutputStream target;
    private final BooleanSupplier stands;
    private final Runnable ended;
    private final LongSupplier nanos;
    private boolean begun;
    private long askedAt;

    /**
     * @param stands asked in the thread that writes
     * @param ended told once, before the answer breaks off
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

    @Override
    public void close() throws IOException {
        target.close();
    }

    /** A standing that nobody can tell ends the answer as well: {@link StandingUnknownException} goes on to who writes. */
    private void demandStanding() throws IOException {
        long now = nanos.getAsLong();
        if (!begun) {
            begun = true;
            askedAt = now;
        } else if (now - askedAt >= BETWEEN.toNanos()) {
            if (!stands.getAsBoolean()) {
                ended.run();
                throw new IOException("The token of this answer has ended.");
            }
            askedAt = now;
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
