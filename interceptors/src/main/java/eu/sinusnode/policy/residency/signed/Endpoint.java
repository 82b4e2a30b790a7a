package eu.sinusnode.policy.residency.signed;

/**
 * An entry of the endpoint registry.
 *
 * @param host in lower case, or {@link #LOOPBACK}
 * @param country ISO 3166-1 alpha-2 code of where it stands; of a loopback entry the site's
 * @param operator who runs it; of a loopback entry the site's
 */
public record Endpoint(EndpointPurpose purpose, String host, String country, String operator) {

    /** The machine that the server runs on, by whatever of its loopback names. */
    public static final String LOOPBACK = "loopback";

    public boolean isLoopback() {
        return host.equals(LOOPBACK);
    }
}
