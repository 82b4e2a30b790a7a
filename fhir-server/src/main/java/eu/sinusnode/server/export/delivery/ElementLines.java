package eu.sinusnode.server.export.delivery;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines with the elements that were asked for, with id, meta and what is mandatory, and tagged as a part; lines of other
 * types as they are. Decided was each record as a whole. For one thread.
 */
final class ElementLines implements DeliveredForm {

    /** In HAPI's words: every element that the record must have. */
    private static final List<String> ALWAYS = List.of("id", "meta", "(mandatory)");

    private final IParser reader;
    private final Map<String, IParser> writers = new HashMap<>();

    /** @param elements by type, at the top of its records */
    ElementLines(FhirContext context, Map<String, Set<String>> elements) {
        this.reader = context.newJsonParser().setParserErrorHandler(new LenientErrorHandler(false));
        elements.forEach((type, some) -> writers.put(type, writer(context, type, some)));
    }

    private static IParser writer(FhirContext context, String type, Collection<String> elements) {
        Set<String> shown = Stream.concat(elements.stream(), ALWAYS.stream())
                .map(element -> type + "." + element)
                .collect(Collectors.toSet());
        IParser writer = context.newJsonParser();
        writer.setEncodeElements(shown);
        return writer;
    }

    @Override
    public byte[] of(String type, byte[] permitted) {
        IParser writer = writers.get(type);
        if (writer == null) {
            return permitted;
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream(permitted.length);
        new String(permitted, StandardCharsets.UTF_8)
                .lines()
                .map(line -> writer.encodeResourceToString(reader.parseResource(line)))
                .forEach(line -> {
                    lines.writeBytes(line.getBytes(StandardCharsets.UTF_8));
                    lines.write('\n');
                });
        return lines.toByteArray();
    }
}
