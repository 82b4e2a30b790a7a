package eu.sinusnode.server.limits;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Waits for a body no longer than its pace allows, and for the rest of one that was refused no longer than the grace: the
 * container would read that to its end, so that the client gets to see the answer, however long it takes.
 */
final class SlowBodyValve extends ValveBase {

    private final Pace pace;
    private final RequestTime time;

    SlowBodyValve(Pace pace, RequestTime time) {
        super(true);
        this.pace = pace;
        this.time = time;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request received = request.getCoyoteRequest();
        InputBuffer source = received.getInputBuffer();
        PacedInput input = new PacedInput(source, new Waiting(pace, time, System::nanoTime));
        received.setInputBuffer(input);
        try {
            getNext().invoke(request, response);
            if (!request.isAsync()) {
                response.finishResponse();
                if (isFailed(received) || input.isGivenUp() || received.hasExpectation() || !isDrained(source)) {
                    received.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
                }
            }
        } finally {
            // The container uses its request again for the next one on the connection.
            received.setInputBuffer(source);
        }
    }

    /** Of a head that could not be read to its end nobody knows where a body begins; the connection ends anyway. */
    private static boolean isFailed(org.apache.coyote.Request received) {
        AtomicBoolean failed = new AtomicBoolean();
        received.action(ActionCode.IS_ERROR, failed);
        return failed.get();
    }

    private boolean isDrained(InputBuffer source) {
        long until = System.nanoTime() + pace.grace().toNanos();
        Nowhere nowhere = new Nowhere();
        try {
            while (source.doRead(nowhere) >= 0) {
                if (System.nanoTime() > until) {
                    return false;
                }
            }
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Takes what the container reads, and forgets it. */
    private static final class Nowhere implements ApplicationBufferHandler {
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer read) {
            buffer = read;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // The container brings a buffer of its own.
        }
    }
}
