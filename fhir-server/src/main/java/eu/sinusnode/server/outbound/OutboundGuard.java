package eu.sinusnode.server.outbound;

import eu.sinusnode.policy.residency.signed.Endpoint;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides where the server may call. Only endpoints that the configuration names (scheme, host and port), or hosts that the
 * signed registry names for endpoints of callers; of their addresses only public ones, unless the host is a loopback name, which must then lead to loopback, or is listed as a
 * private host. The addresses are looked up and judged for each connection, and the connection goes to the very address
 * that was judged, so that a name which changes its mind in between reaches nothing.
 */
final class OutboundGuard {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private enum Reach {
        PUBLIC,
        PRIVATE_TOO,
        LOOPBACK
    }

    /** Looks a host name up. */
    interface Names {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    private final Predicate<URI> listed;
    private final Map<String, Reach> reaches = new HashMap<>();
    private final Names names;

    /**
     * @param endpoints what the configuration names
     * @param privateHosts hosts among them that may have private addresses
     */
    OutboundGuard(Collection<URI> endpoints, Collection<String> privateHosts, Names names) {
        this(
                origins(endpoints),
                endpoints.stream().map(OutboundGuard::host).collect(Collectors.toSet()),
                privateHosts,
                names);
    }

    private OutboundGuard(
            Predicate<URI> listed, Collection<String> hosts, Collection<String> privateHosts, Names names) {
        this.names = names;
        this.listed = listed;
        for (String host : hosts) {
            reaches.put(
                    host,
                    LOOPBACK_NAMES.contains(host)
                            ? Reach.LOOPBACK
                            : privateHosts.contains(host) ? Reach.PRIVATE_TOO : Reach.PUBLIC);
        }
    }

    /**
     * For URLs that callers name: any port and path of these hosts over https, and over http too where it never leaves this
     * machine.
     *
     * @param hosts in lower case; {@link Endpoint#LOOPBACK} for the loopback names
     */
    static OutboundGuard ofHosts(Collection<String> hosts, Collection<String> privateHosts, Names names) {
        Set<String> plain = hosts.stream()
                .flatMap(host -> host.equals(Endpoint.LOOPBACK) ? LOOPBACK_NAMES.stream() : Stream.of(host))
                .collect(Collectors.toSet());
        return new OutboundGuard(
                target -> plain.contains(host(target))
                        && ("https".equalsIgnoreCase(target.getScheme())
                                || "http".equalsIgnoreCase(target.getScheme())
                                        && LOOPBACK_NAMES.contains(host(target))),
                plain,
                privateHosts,
                names);
    }

    private static Predicate<URI> origins(Collection<URI> endpoints) {
        Set<String> origins = endpoints.stream().map(OutboundGuard::origin).collect(Collectors.toSet());
        return target -> origins.contains(origin(target));
    }

    /** @throws OutboundException when the configuration does not name the URL's scheme, host and port */
    void demandListed(URI target) throws OutboundException {
        if (target.getRawUserInfo() != null || target.getHost() == null || !listed.test(target)) {
            throw new OutboundException("The host of a call out is not among the configured ones.");
        }
    }

    /** @throws UnknownHostException when the host has an address that it may not have, even beside good ones */
    InetAddress[] resolve(String host) throws UnknownHostException {
        Reach reach = reaches.get(host.toLowerCase(Locale.ROOT));
        if (reach == null) {
            throw new UnknownHostException("The host of a call out is not among the configured ones.");
        }
        InetAddress[] addresses = names.addressesOf(host);
        for (InetAddress address : addresses) {
            boolean good =
                    switch (reach) {
                        case PUBLIC -> AddressRules.isPublic(address);
                        case PRIVATE_TOO -> AddressRules.isPublic(address) || AddressRules.isPrivate(address);
                        case LOOPBACK -> address.isLoopbackAddress();
                    };
            if (!good) {
                throw new UnknownHostException(host + " leads to an address that calls out may not go to.");
            }
        }
        if (addresses.length == 0) {
            throw new UnknownHostException(host + " has no address.");
        }
        return addresses;
    }

    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + host(uri) + ":" + port;
    }

    private static String host(URI uri) {
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    }
}
