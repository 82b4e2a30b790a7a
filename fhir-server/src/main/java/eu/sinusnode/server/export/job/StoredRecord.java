package eu.sinusnode.server.export.job;

import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * A record's current version as the storage keeps it.
 *
 * @param json the resource without its id, version and time of change; null when the storage has it in another form
 * @param source {@code meta.source}, which the storage keeps beside the resource
 */
record StoredRecord(
        String type,
        String id,
        long version,
        Date updated,
        @Nullable String json,
        @Nullable String source) {}
