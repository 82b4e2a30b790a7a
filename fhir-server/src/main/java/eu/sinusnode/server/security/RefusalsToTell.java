package eu.sinusnode.server.security;

import io.github.bucket4j.TimeMeter;

/**
 * Which refusals of requests by nobody known are audited: all of an address up to a number a minute, then one a minute. A
 * flood costs its sender nothing, and must not fill the audit.
 */
public final class RefusalsToTell {

    private final RateLimit told;

    /** @param perMinute for each address */
    public RefusalsToTell(int perMinute, TimeMeter time) {
        this.told = new RateLimit(perMinute, time);
    }

    public boolean isTold(String address) {
        return told.spend(address) == 0 || told.isNews(address);
    }
}
