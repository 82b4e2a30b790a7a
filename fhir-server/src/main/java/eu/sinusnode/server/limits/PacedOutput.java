package eu.sinusnode.server.limits;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** An answer on its way out, in pieces that the container's buffer holds: after each one it is known how long it took. */
final class PacedOutput extends ServletOutputStream {

    private static final int PIECE = 8192;

    private final ServletOutputStream target;
    private final Waiting waiting;

    PacedOutput(ServletOutputStream target, Waiting waiting) {
        this.target = target;
        this.waiting = waiting;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; at += PIECE) {
            int piece = Math.min(PIECE, end - at);
            long since = waiting.now();
            target.write(bytes, at, piece);
            demandPace(since, piece);
        }
    }

    @Override
    public void flush() throws IOException {
        long since = waiting.now();
        target.flush();
        demandPace(since, 0);
    }

    @Override
    public void close() throws IOException {
        target.close();
    }

    private void demandPace(long since, long moved) throws IOException {
        if (!waiting.add(since, moved)) {
            throw new IOException("The client takes its answer too slowly.");
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
