package eu.sinusnode.server.limits;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** A body on its way in. It stands beneath everything that reads, so that a form is waited for no longer than a resource. */
final class PacedInput implements InputBuffer {

    private final InputBuffer source;
    private final Waiting waiting;
    private boolean givenUp;

    PacedInput(InputBuffer source, Waiting waiting) {
        this.source = source;
        this.waiting = waiting;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        long since = waiting.now();
        int read;
        try {
            read = source.doRead(handler);
        } catch (SocketTimeoutException nothingCame) {
            givenUp = true;
            waiting.add(since, 0);
            throw new RequestTooSlowException();
        }
        if (!waiting.add(since, Math.max(0, read)) && read >= 0) {
            givenUp = true;
            throw new RequestTooSlowException();
        }
        return read;
    }

    @Override
    public int available() {
        return source.available();
    }
}
