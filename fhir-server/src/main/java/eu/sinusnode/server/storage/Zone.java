package eu.sinusnode.server.storage;

import eu.sinusnode.policy.consent.Validity;
import java.time.ZoneId;

/** Where a date without a time begins and ends. */
public final class Zone {

    public static final ZoneId OF_DATES = Validity.ZONE;

    private Zone() {}
}
