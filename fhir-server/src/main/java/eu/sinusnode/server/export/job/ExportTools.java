package eu.sinusnode.server.export.job;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.server.configuration.ExportProperties;
import eu.sinusnode.server.projection.StoredHistory;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.ZoneId;

/** What every run works with. */
record ExportTools(
        FhirContext context,
        BulkDisclosure disclosure,
        StoredHistory history,
        StoredRecords storage,
        RecordCursor records,
        TypeFilters filters,
        ExportRoom room,
        ExportProperties limits,
        Counter withheld,
        Clock clock,
        ZoneId zone) {

    /** @throws NoRoomException when the files of exports may not grow further */
    void requireRoom() {
        if (!room.isLeft()) {
            throw new NoRoomException();
        }
    }
}
