package eu.sinusnode.server.outbound;

/** The answer is there, but larger than one is taken; to ask for less may help. */
public final class AnswerTooLargeException extends OutboundException {

    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(long limit) {
        super("The answer to a call out is larger than " + limit + " bytes.");
    }
}
