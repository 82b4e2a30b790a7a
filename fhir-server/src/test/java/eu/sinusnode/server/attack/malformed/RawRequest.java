package eu.sinusnode.server.attack.malformed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What goes over the wire, byte for byte: no client library has made it any better.
 *
 * @param feature what is wrong with it, for the report
 * @param head request line and headers, without the empty line that ends them
 * @param marker what every record that it brings says, so that what was stored of it is found
 */
record RawRequest(String feature, String head, byte[] body, String marker) {

    static RawRequest of(
            String feature, String method, String target, List<String> headers, byte[] body, String marker) {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (body.length > 0 || !method.equals("GET")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return new RawRequest(feature, head.toString(), body, marker);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** For the report: without the token, and not longer than one reads. */
    String line() {
        String text = head.replaceAll("(?i)(authorization: bearer )[^\r\n]*", "$1…") + "\n"
                + new String(body, StandardCharsets.UTF_8);
        return text.length() > 1_500 ? text.substring(0, 1_500) + "…" : text;
    }
}
