package eu.sinusnode.server.roundtrip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What became of an example.
 *
 * @param codes of the refusal; empty when it was stored
 * @param why the refusal says so; empty when it was stored
 * @param differences between what was sent and what was read
 */
record RoundTrip(Example example, Set<String> codes, String why, List<String> differences) {

    RoundTrip {
        codes = Set.copyOf(codes);
        differences = List.copyOf(differences);
    }

    boolean isRefused() {
        return !codes.isEmpty();
    }

    /**
     * Where the two differ, as JSON; left out is what the server sets: id, version, time and source of the version, and
     * security labels that were not sent. The profiles, tags and labels of meta are sets.
     */
    static List<String> differences(ObjectNode sent, ObjectNode read) {
        List<String> differences = new ArrayList<>();
        compare(
                withoutServers(sent),
                withoutServers(withoutAddedLabels(sent, read)),
                sent.path("resourceType").asText(),
                differences);
        return differences;
    }

    private static ObjectNode withoutAddedLabels(ObjectNode sent, ObjectNode read) {
        ObjectNode stated = read.deepCopy();
        if (stated.path("meta") instanceof ObjectNode meta && meta.path("security") instanceof ArrayNode labels) {
            Set<JsonNode> ofSender = new HashSet<>();
            sent.path("meta").path("security").forEach(ofSender::add);
            ArrayNode kept = labels.arrayNode();
            labels.forEach(label -> {
                if (ofSender.contains(label)) {
                    kept.add(label);
                }
            });
            if (kept.isEmpty()) {
                meta.remove("security");
            } else {
                meta.set("security", kept);
            }
        }
        return stated;
    }

    private static ObjectNode withoutServers(ObjectNode resource) {
        ObjectNode stated = resource.deepCopy();
        stated.remove("id");
        if (stated.path("meta") instanceof ObjectNode meta) {
            meta.remove(List.of("versionId", "lastUpdated", "source"));
            meta.fields().forEachRemaining(field -> field.setValue(sorted(field.getValue())));
            if (meta.isEmpty()) {
                stated.remove("meta");
            }
        }
        return stated;
    }

    private static JsonNode sorted(JsonNode set) {
        if (!(set instanceof ArrayNode array)) {
            return set;
        }
        List<JsonNode> values = new ArrayList<>();
        array.forEach(values::add);
        values.sort(Comparator.comparing(JsonNode::toString));
        return array.arrayNode().addAll(values);
    }

    private static void compare(JsonNode sent, JsonNode read, String path, List<String> differences) {
        if (sent.isObject() && read.isObject()) {
            Set<String> names = new TreeSet<>();
            sent.fieldNames().forEachRemaining(names::add);
            read.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(sent.path(name), read.path(name), path + "." + name, differences));
        } else if (sent.isArray() && read.isArray() && sent.size() == read.size()) {
            for (int i = 0; i < sent.size(); i++) {
                compare(sent.get(i), read.get(i), path + "[" + i + "]", differences);
            }
        } else if (!same(sent, read, path)) {
            differences.add(path + ": sent " + sent + ", read " + read);
        }
    }

    /** Blanks in base64 and the order of attributes in XHTML say nothing (datatypes.html#base64Binary, XML 1.0, 3.1). */
    private static boolean same(JsonNode sent, JsonNode read, String path) {
        if (path.endsWith(".data") && sent.isTextual() && read.isTextual()) {
            return withoutBlanks(sent).equals(withoutBlanks(read));
        }
        return sent.equals(read) || path.endsWith(".div") && xml(sent.asText()).isEqualNode(xml(read.asText()));
    }

    private static String withoutBlanks(JsonNode text) {
        return text.asText().replaceAll("\\s", "");
    }

    private static Document xml(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("The narrative is no XML.", e);
        }
    }
}
