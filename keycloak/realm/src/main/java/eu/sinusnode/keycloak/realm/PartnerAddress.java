package eu.sinusnode.keycloak.realm;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * An address of a partner that Keycloak calls: https, and no address inside a network, which would let the partner reach
 * what only Keycloak can reach. Loopback stays open for trying. Names are not looked up here, since what they mean may
 * change any day; a deployment lets Keycloak's machine call out to partners alone.
 *
 * <p>It is looked at when a partner is registered; what an earlier version has written down goes on as it is.
 */
public final class PartnerAddress {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]|localhost");

    private PartnerAddress() {}

    /**
     * @param what it is, for the sentence of a refusal
     * @throws IllegalArgumentException when Keycloak may not call it
     */
    public static URI checked(URI address, String what) {
        String host = address.getHost();
        if (host == null || address.getUserInfo() != null || address.getFragment() != null) {
            throw new IllegalArgumentException(what + " needs a host, and neither user nor fragment: " + address + ".");
        }
        boolean tryingOut = false;
        if (ADDRESS.matcher(host).matches()) {
            InetAddress literal = literal(host, what);
            tryingOut = literal.isLoopbackAddress();
            if (!tryingOut && isInside(literal)) {
                throw new IllegalArgumentException(what + " lies inside a network, at " + host + ".");
            }
        }
        if (!"https".equals(address.getScheme()) && !(tryingOut && "http".equals(address.getScheme()))) {
            throw new IllegalArgumentException(what + " is called over https, not at " + address + ".");
        }
        return address;
    }

    private static InetAddress literal(String host, String what) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(what + " has no usable address: " + host + ".", e);
        }
    }

    private static boolean isInside(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
        boolean sharedSpace = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64;
        return address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || sharedSpace
                || bytes[0] == 0;
    }
}
