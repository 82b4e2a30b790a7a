package eu.sinusnode.therapy.timing;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import eu.sinusnode.therapy.timing.Pattern.Events.Event;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.DateTimeType;

/** Reads times that are named one by one. */
final class EventReader {

    private final ZoneId zone;

    EventReader(ZoneId zone) {
        this.zone = zone;
    }

    Pattern read(List<DateTimeType> written) throws UnreadableTiming {
        List<Event> events = new ArrayList<>();
        for (DateTimeType event : written) {
            if (!event.hasValue() || event.getPrecision().ordinal() < TemporalPrecisionEnum.DAY.ordinal()) {
                throw new UnreadableTiming("event", "An event names a day, with or without a time.");
            }
            if (MomentReader.isDate(event)) {
                events.add(new Event(MomentReader.day(event), null));
            } else {
                Instant at = new MomentReader(zone).start(event);
                events.add(new Event(at.atZone(zone).toLocalDate(), at));
            }
        }
        return new Pattern.Events(events);
    }
}
