package eu.sinusnode.server.attack.malformed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One connection a request. */
final class RawClient {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int MOST = 4 << 20;

    private final int port;

    RawClient(int port) {
        this.port = port;
    }

    RawAnswer send(RawRequest request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request.bytes());
                socket.getOutputStream().flush();
                // A body that is shorter than it was said to be ends here.
                socket.shutdownOutput();
            } catch (SocketException refusedBeforeItsEnd) {
                // The answer tells why.
            }
            try {
                read(socket.getInputStream(), answer);
            } catch (SocketTimeoutException silent) {
                return RawAnswer.NONE_IN_TIME;
            } catch (SocketException closed) {
                // A server that has read enough resets the connection; what it said before counts.
            }
            return new RawAnswer(answer.toString(StandardCharsets.UTF_8));
        }
    }

    private static void read(InputStream in, ByteArrayOutputStream answer) throws IOException {
        byte[] buffer = new byte[8192];
        int read = in.read(buffer);
        while (read >= 0 && answer.size() < MOST) {
            answer.write(buffer, 0, read);
            read = in.read(buffer);
        }
    }
}
