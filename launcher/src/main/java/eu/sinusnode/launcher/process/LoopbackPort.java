package eu.sinusnode.launcher.process;

import eu.sinusnode.launcher.Trouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A TCP port on 127.0.0.1. */
public record LoopbackPort(int number) {

    public boolean isFree() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param purpose who wants the port, e.g. {@code the FHIR server}
     * @param variable the environment variable that chooses another port
     * @throws Trouble when another program has it
     */
    public void demandFree(String purpose, String variable) {
        if (!isFree()) {
            throw new Trouble(
                    "Port " + number + ", which " + purpose + " needs, is in use by another program.",
                    "Stop that program, or choose another port: " + variable + "=" + alternative()
                            + " ./sinusnode ...");
        }
    }

    private int alternative() {
        return number + 100 <= 65535 ? number + 100 : number - 100;
    }
}
