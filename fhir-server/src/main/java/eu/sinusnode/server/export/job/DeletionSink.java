package eu.sinusnode.server.export.job;

import java.io.IOException;

/** Takes deleted records one by one. */
interface DeletionSink {

    void accept(String resourceType, String id) throws IOException;
}
