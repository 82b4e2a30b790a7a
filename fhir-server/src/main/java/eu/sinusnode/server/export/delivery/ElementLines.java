package eu.sinusnode.server.export.delivery;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines with the elements that were asked for, with id, meta and what is mandatory, and tagged as a part. Decided was each
 * record as a whole. For one thread.
 */
final class ElementLines implements DeliveredForm {

    /** In HAPI's words: every element that the record must have. */
    private static final List<String> ALWAYS = List.of("id", "meta", "(mandatory)");

    private final IParser reader;
    private final IParser writer;

    /** @param elements at the top of the type's records */
    ElementLines(FhirContext context, String type, Collection<String> elements) {
        this.reader = context.newJsonParser().setParserErrorHandler(new LenientErrorHandler(false));
        Set<String> shown = Stream.concat(elements.stream(), ALWAYS.stream())
                .map(element -> type + "." + element)
                .collect(Collectors.toSet());
        this.writer = context.newJsonParser();
        this.writer.setEncodeElements(shown);
    }

    @Override
    public byte[] of(byte[] permitted) {
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
