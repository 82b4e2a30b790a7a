package eu.sinusnode.analysis.http;

/** Where the job's access token comes from. */
public interface AccessTokens {

    /** A token that is good for a while yet. */
    String current();

    /** Told when the server refused {@code token}: it is not handed out again. */
    void discard(String token);
}
