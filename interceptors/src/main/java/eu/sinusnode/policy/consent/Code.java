package eu.sinusnode.policy.consent;

/** A coding without its display: what permits and records are compared by. */
public record Code(String system, String code) {

    /** What {@link #token} wrote. */
    public static Code ofToken(String token) {
        int bar = token.lastIndexOf('|');
        return new Code(token.substring(0, bar), token.substring(bar + 1));
    }

    /** As it is written in words and in a parameter of type token, before escaping. */
    public String token() {
        return system + "|" + code;
    }
}
