package eu.sinusnode.policy.access;

/** Answers that concern the request itself or the server, not the caller's rights; codes are stable. */
public enum RequestProblem {
    BODY_TOO_LARGE(
            "SN-REQUEST-001",
            413,
            "The body is larger than this server takes.",
            "Send it in several smaller transactions."),
    BODY_PACKED(
            "SN-REQUEST-002",
            415,
            "A packed body (Content-Encoding) is not taken.",
            "Send the body as it is, without Content-Encoding."),
    BODY_UNREADABLE(
            "SN-REQUEST-003",
            400,
            "The body is no FHIR resource that can be read.",
            "Send one well-formed FHIR R4 resource as JSON or XML."),
    AUTHORIZATION_SERVER_UNREACHABLE(
            "SN-SERVER-002",
            503,
            "The authorization server's keys cannot be read, so no token can be checked.",
            "Try again in a few seconds."),
    AUDIT_UNAVAILABLE(
            "SN-SERVER-003",
            503,
            "The audit cannot be written, so the request is not answered.",
            "Try again in a few seconds.");

    private final String code;
    private final int status;
    private final String meaning;
    private final String remedy;

    RequestProblem(String code, int status, String meaning, String remedy) {
        this.code = code;
        this.status = status;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String meaning() {
        return meaning;
    }

    public String remedy() {
        return remedy;
    }
}
