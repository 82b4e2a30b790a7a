package eu.sinusnode.policy.access;

/**
 * How the security chain hands a verified token on: as a servlet request attribute of this name that holds the claims as
 * {@code Map<String, Object>}. It is set only after signature, issuer, audience and times were checked.
 */
public final class VerifiedToken {

    public static final String CLAIMS_ATTRIBUTE = "eu.sinusnode.policy.verified-token-claims";

    private VerifiedToken() {}
}
