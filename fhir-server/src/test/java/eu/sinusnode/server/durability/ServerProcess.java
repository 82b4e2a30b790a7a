package eu.sinusnode.server.durability;

import eu.sinusnode.server.SinusNodeServer;
import eu.sinusnode.server.http.ReadableTokens;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The whole server as a process that a test may kill; only the tokens are the test's. */
final class ServerProcess {

    private ServerProcess() {}

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(SinusNodeServer.class, ReadableTokens.class).run(arguments);
    }
}
