package eu.sinusnode.server.export.job;

import eu.sinusnode.server.records.StoredRecord;
import java.io.IOException;

/** Takes stored records one by one. */
interface RecordSink {

    void accept(StoredRecord record) throws IOException;
}
