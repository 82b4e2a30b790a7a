package eu.sinusnode.server.outbound;

import java.io.IOException;

/** No connection came about: of what was to be sent nothing has left. */
public final class NotSentException extends OutboundException {

    private static final long serialVersionUID = 1L;

    NotSentException(String host, IOException cause) {
        super(host + " cannot be reached: " + cause.getClass().getSimpleName(), cause);
    }
}
