package eu.sinusnode.server.security;

import java.io.IOException;

/** Asks the issuer about one token (RFC 7662). */
interface Introspection {

    /**
     * @param token the compact JWT
     * @return whether it is active
     * @throws IOException when there is no clear answer
     */
    boolean isActive(String token) throws IOException;
}
