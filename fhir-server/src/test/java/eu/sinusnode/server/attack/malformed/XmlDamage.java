package eu.sinusnode.server.attack.malformed;

import eu.sinusnode.server.attack.Dice;
import java.nio.charset.StandardCharsets;

/** XML that asks its reader for files, for memory, or for another encoding. */
final class XmlDamage {

    private static final String OUTSIDE = "<!ENTITY b SYSTEM \"%s\">";

    private final Dice dice;

    XmlDamage(Dice dice) {
        this.dice = dice;
    }

    byte[] of(String xml) {
        return switch (dice.between(1, 7)) {
            case 1 ->
                utf8(doctype(OUTSIDE.formatted(dice.of(
                                "file:///etc/passwd",
                                "file:///etc/hostname",
                                "http://127.0.0.1:1/x",
                                "jar:file:///x!/y")))
                        + entity(xml));
            case 2 -> utf8(doctype("<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;") + xml);
            case 3 -> utf8(doctype(laughs()) + entity(xml));
            case 4 ->
                utf8(xml.replaceFirst(
                        "xmlns=\"[^\"]*\"", "xmlns=\"" + dice.of("", "http://hl7.org/FHIR", "urn:x") + "\""));
            case 5 ->
                utf8(
                        xml.replaceFirst(
                                ">",
                                "><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>"));
            case 6 ->
                ("<?xml version=\"1.0\" encoding=\"" + dice.of("UTF-16", "UTF-7", "EBCDIC-CP-US", "x") + "\"?>" + xml)
                        .getBytes(
                                dice.of(StandardCharsets.UTF_16, StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1));
            default -> utf8("<a xmlns=\"http://hl7.org/fhir\">".repeat(dice.of(50, 5_000, 50_000)) + xml);
        };
    }

    private static String doctype(String inside) {
        return "<?xml version=\"1.0\"?><!DOCTYPE Observation [" + inside + "]>";
    }

    private static String entity(String xml) {
        return xml.replaceFirst("<code>", "<code><text value=\"&b;\"/>");
    }

    /** Ten entities, each ten times the one before. */
    private static String laughs() {
        StringBuilder laughs = new StringBuilder("<!ENTITY a0 \"ha\">");
        for (int i = 1; i <= 10; i++) {
            laughs.append("<!ENTITY ").append(i == 10 ? "b" : "a" + i).append(" \"");
            laughs.append(("&a" + (i - 1) + ";").repeat(10)).append("\">");
        }
        return laughs.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
