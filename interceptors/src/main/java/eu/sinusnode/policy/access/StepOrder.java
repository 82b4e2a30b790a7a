package eu.sinusnode.policy.access;

/**
 * The order of the request's way: HAPI runs the hooks of one pointcut by ascending number.
 *
 * <p>{@code SERVER_INCOMING_REQUEST_POST_PROCESSED} comes first: the request is routed, but neither its body nor its
 * parameters have become method arguments. What a search may find has to be written into the request here; one pointcut
 * later HAPI has already built the arguments, and a narrowed parameter would have no effect.
 *
 * <p>{@code SERVER_INCOMING_REQUEST_PRE_HANDLED} comes next: the body is parsed. HAPI's consent interceptor, our
 * disclosure gate, has 100 there, and on every pointcut that it shares.
 */
public final class StepOrder {

    // SERVER_INCOMING_REQUEST_POST_PROCESSED
    public static final int AUDIT_OF_REQUEST = 5;
    public static final int FORMAT_OF_ANSWER = 7;
    public static final int SUBSET_ASKED = 8;
    public static final int AUTHENTICATION = 10;
    public static final int RESIDENCY = 20;
    public static final int NEGOTIATION = 25;
    public static final int LENIENCE = 28;
    public static final int AUTHORIZATION = 30;
    public static final int SUBSET_CHECKED = 31;
    public static final int INCLUDES_ASKED = 33;
    public static final int WORDS_READ = 35;
    public static final int TIME_OF_STREAMS = 36;
    public static final int NARROWING = 40;
    public static final int WORDS_FOUND = 45;
    public static final int BODY_FORM = 48;

    // SERVER_INCOMING_REQUEST_PRE_HANDLED
    public static final int BUNDLE_AUTHORIZATION = 50;
    public static final int CONDITIONS = 55;
    public static final int CHANGES = 57;
    public static final int VALIDATION = 60;
    /** What a write makes of plans that hold, once it is settled that the caller may write it. */
    public static final int PLANS = 62;

    public static final int TIME_BEFORE_STORAGE = 65;

    // SERVER_OUTGOING_RESPONSE, around the gate's 100
    public static final int TIME_BEFORE_ANSWER = 95;
    public static final int NOTE_OF_WRITES = 105;
    public static final int INCLUDES = 107;
    public static final int LENIENCE_TOLD = 108;
    public static final int LINKS = 110;
    public static final int LINKS_OF_PAGES = 112;
    public static final int NOTE_OF_ANSWER = 850;
    public static final int AUDIT_OF_ANSWER = 900;
    /** What a batch's entries were answered leaves when all of it is in the audit. */
    public static final int BATCH_ANSWER = 950;
    /** Nothing looks at a record after that but what writes it. */
    public static final int SUBSET_SHOWN = 960;
    /** Writes the answer, when it is a whole record. */
    public static final int STORED_TEXT = 970;

    // SERVER_PRE_PROCESS_OUTGOING_EXCEPTION: audited first, then put into words
    public static final int NOTE_OF_UNCHANGED = 5;
    public static final int AUDIT_OF_REFUSAL = 10;
    public static final int TIME_OVER = 15;
    public static final int ERROR_TEXT = 20;

    private StepOrder() {}
}
