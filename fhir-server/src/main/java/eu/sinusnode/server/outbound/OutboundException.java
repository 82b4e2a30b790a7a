package eu.sinusnode.server.outbound;

import java.io.IOException;

/** A call out was refused by us, or failed. The message names the host, never what was sent. */
public sealed class OutboundException extends IOException permits AnswerTooLargeException, NotSentException {

    private static final long serialVersionUID = 1L;

    OutboundException(String sentence) {
        super(sentence);
    }

    OutboundException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
