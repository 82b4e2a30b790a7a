package eu.sinusnode.policy.consent;

/** A coding without its display: what permits and records are compared by. */
public record Code(String system, String code) {

    /** As it is written in words and in a parameter of type token, before escaping. */
    public String token() {
        return system + "|" + code;
    }
}
