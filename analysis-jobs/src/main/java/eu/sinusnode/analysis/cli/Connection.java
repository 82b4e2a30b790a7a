package eu.sinusnode.analysis.cli;

import eu.sinusnode.analysis.http.FhirHttp;
import eu.sinusnode.analysis.retry.Retry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server as a process that stays speaks to it: opened at first need, and anew after something failed. */
final class Connection {

    private final ServerOptions server;
    private final Retry retry;
    private @Nullable FhirHttp open;

    Connection(ServerOptions server, Retry retry) {
        this.server = server;
        this.retry = retry;
    }

    /** @throws IOException when the key cannot be read */
    synchronized FhirHttp open() throws IOException {
        FhirHttp fhir = open;
        if (fhir == null) {
            fhir = server.connect(retry);
            open = fhir;
        }
        return fhir;
    }

    /** The key, the server's address or its certificate may be another one by now. */
    synchronized void forget() {
        open = null;
    }
}
