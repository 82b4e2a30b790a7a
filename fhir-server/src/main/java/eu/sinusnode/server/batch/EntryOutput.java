package eu.sinusnode.server.batch;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps what is written, up to a bound; beyond it everything is dropped, and that is remembered. */
final class EntryOutput extends ServletOutputStream {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final long room;
    private boolean over;

    /** @param room bytes */
    EntryOutput(long room) {
        this.room = room;
    }

    boolean isOver() {
        return over;
    }

    String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    int size() {
        return kept.size();
    }

    void reset() {
        kept.reset();
        over = false;
    }

    @Override
    public void write(int one) {
        if (hasRoom(1)) {
            kept.write(one);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (hasRoom(length)) {
            kept.write(bytes, offset, length);
        }
    }

    private boolean hasRoom(int more) {
        if (over || kept.size() + (long) more > room) {
            over = true;
            kept.reset();
        }
        return !over;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException("An entry of a batch is not written later.");
    }
}
