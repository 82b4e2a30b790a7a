package eu.sinusnode.server.attack.malformed;

import eu.sinusnode.server.attack.Dice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** Request lines and headers that contradict themselves, each other, or HTTP. */
final class Heads {

    private static final int BOMB = 8 << 20;
    private static final byte[] NO_BODY = new byte[0];

    private final Dice dice;
    private final Supplier<String> token;
    private final byte[] bomb = bomb();

    Heads(Dice dice, Supplier<String> token) {
        this.dice = dice;
        this.token = token;
    }

    /** Anything that a server of HTTP has to refuse, or to answer as if it had not been said. */
    RawRequest brokenHttp(String body, String marker) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String line = "POST /fhir/Observation HTTP/1.1";
        String good = "Host: 127.0.0.1\r\nConnection: close\r\n" + "Content-Type: application/fhir+json\r\n" + bearer();
        String length = "Content-Length: " + bytes.length + "\r\n";
        String head =
                switch (dice.between(1, 16)) {
                    case 1 -> line + "\r\n" + good + "Content-Length: " + (bytes.length + 50) + "\r\n";
                    case 2 -> line + "\r\n" + good + "Content-Length: " + bytes.length / 2 + "\r\n";
                    case 3 ->
                        line + "\r\n" + good + "Content-Length: " + dice.of("-1", "x", "99999999999999999999", "+5")
                                + "\r\n";
                    case 4 -> line + "\r\n" + good + length + "Content-Length: 3\r\n";
                    case 5 -> line + "\r\n" + good + length + "Transfer-Encoding: chunked\r\n";
                    case 6 ->
                        line + "\r\n" + good + "Transfer-Encoding: "
                                + dice.of("chunked, identity", "gzip", "xchunked", "\u000bchunked") + "\r\n";
                    case 7 ->
                        "POST /fhir/Observation HTTP/" + dice.of("9.9", "0.9", "1", "1.1x", "2.0") + "\r\n" + good
                                + length;
                    case 8 ->
                        dice.of("GETT", "G\u0000T", "post", "TRACE", "CONNECT", "OPTIONS", "PROPFIND", "X".repeat(200))
                                + " /fhir/Observation HTTP/1.1\r\n" + good + length;
                    case 9 ->
                        line + "\r\n" + good + length + "X-A: " + "a".repeat(dice.of(7_000, 20_000, 200_000)) + "\r\n";
                    case 10 -> line + "\r\n" + good + length + "X-A: 1\r\n".repeat(dice.of(90, 300, 5_000));
                    case 11 ->
                        line + "\r\n" + good + length
                                + dice.of("X A: b\r\n", ": b\r\n", "X\u0000: b\r\n", " folded\r\n", "X: a\rb\r\n");
                    case 12 ->
                        line + "\r\n" + length + bearer()
                                + dice.of("", "Host: a\r\nHost: b\r\n", "Host: a b\r\n", "Host: [::1\r\n");
                    case 13 ->
                        line.replace("/fhir", dice.of("http://other.example/fhir", "fhir", "*", "/fhir\u0080", "/a b"))
                                + "\r\n" + good + length;
                    case 14 -> line + "\n" + good.replace("\r\n", "\n") + length.replace("\r\n", "\n");
                    case 15 -> line + "\r\n" + good + length + "Expect: " + dice.of("100-continue", "x") + "\r\n";
                    default -> "\u0016\u0003\u0001\u0002" + "\u0000\u0001".repeat(dice.between(1, 60));
                };
        return new RawRequest("HTTP: broken heads", head, bytes, marker);
    }

    /** Headers of FHIR with values that make no sense, before a body that is whole. */
    RawRequest oddHeaders(String body, String marker) {
        List<String> headers = List.of(
                bearer().trim(),
                "Content-Type: "
                        + dice.of(
                                "application/fhir+json",
                                "application/fhir+json; fhirVersion=9.9",
                                "application/fhir+json; charset=" + dice.of("utf-16", "x", "", "utf-8; charset=utf-16"),
                                "text/plain",
                                "application/fhir+xml",
                                "multipart/form-data; boundary=x",
                                "application/x-www-form-urlencoded",
                                "application/fhir+turtle",
                                "*/*",
                                "",
                                ";",
                                "a/b/c"),
                dice.of(
                        "If-Match: "
                                + dice.of("*", "W/\"x\"", "W/\"", "\"1\", \"2\"", "W/\"99999999999999999999\"", ""),
                        "If-None-Match: " + dice.of("*", "W/\"1\"", "x"),
                        "If-Modified-Since: " + dice.of("x", "Thu, 99 Foo 2026 00:00:00 GMT", ""),
                        "If-None-Exist: "
                                + dice.of(
                                        "",
                                        "?",
                                        "identifier=",
                                        "Patient?x=y",
                                        "identifier=a&_sort=b",
                                        "%zz",
                                        "_id=x|y",
                                        "a=b".repeat(900)),
                        "Prefer: "
                                + dice.of(
                                        "return=x",
                                        "return=minimal; handling=strict",
                                        "respond-async",
                                        "",
                                        ";;;",
                                        "handling=x"),
                        "Accept: "
                                + dice.of(
                                        "text/html",
                                        "application/fhir+xml;q=x",
                                        "*/*;q=2",
                                        "a",
                                        "",
                                        "application/fhir+json;fhirVersion=3"),
                        "Accept-Encoding: " + dice.of("gzip;q=x", "br", "*;q=0", "identity;q=0"),
                        "X-Request-Id: " + dice.of("x".repeat(500), "<script>", "a b", ""),
                        "X-HTTP-Method-Override: DELETE",
                        "X-Forwarded-Host: evil.example",
                        "Cache-Control: no-store, x=",
                        "Range: bytes=0-5,a"));
        return RawRequest.of(
                "headers of FHIR",
                dice.of("POST", "PUT", "GET", "PATCH", "DELETE", "HEAD"),
                "/fhir/Observation" + dice.of("", "", "/x", "?identifier=x", "/_search"),
                headers,
                body.getBytes(StandardCharsets.UTF_8),
                marker);
    }

    RawRequest packed(String body, String marker) {
        boolean bombed = dice.chance(50);
        byte[] bytes = bombed ? bomb : packed(body.getBytes(StandardCharsets.UTF_8));
        return RawRequest.of(
                bombed ? "packed bodies: bombs" : "packed bodies",
                "POST",
                "/fhir/" + dice.of("Observation", "", "Observation/_search"),
                List.of(
                        bearer().trim(),
                        "Content-Type: application/fhir+json",
                        "Content-Encoding: " + dice.of("gzip", "deflate", "br", "gzip, gzip", "x")),
                bytes,
                marker);
    }

    RawRequest oddTokens(String marker) {
        String good = token.get();
        String authorization = dice.of(
                "Bearer",
                "Bearer ",
                "Bearer a.b.c",
                "Bearer " + "a".repeat(6_000),
                "bearer\t" + good,
                "Basic YTpi",
                "Bearer " + good + " x",
                "Bearer " + good + "\u00e9",
                "Bearer " + good.replaceFirst("\\.", ".."),
                "Negotiate x");
        return RawRequest.of(
                "tokens",
                "GET",
                "/fhir/Observation?_count=1",
                List.of("Authorization: " + authorization),
                NO_BODY,
                marker);
    }

    private String bearer() {
        return "Authorization: Bearer " + token.get() + "\r\n";
    }

    /** A thousandth of what it unpacks to. */
    private static byte[] bomb() {
        return packed(
                ("{\"resourceType\":\"Observation\",\"x\":\"" + "a".repeat(BOMB)).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
