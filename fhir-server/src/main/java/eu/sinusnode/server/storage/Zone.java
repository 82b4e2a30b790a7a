package eu.sinusnode.server.storage;

import java.time.ZoneId;

/** Where a date without a time begins and ends. */
public final class Zone {

    public static final ZoneId OF_DATES = ZoneId.of("Europe/Berlin");

    private Zone() {}
}
