package eu.sinusnode.server.interactions;

import ca.uhn.fhir.parser.IParser;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Resource;

/**
 * A page of a search (search.html) around the texts that its records are stored as. What stands around the entries is the
 * encoder's; it would write the entries last, and each record as it is stored.
 */
final class StoredPage {

    /** Of these no character is escaped in JSON. */
    private static final Pattern PLAIN = Pattern.compile("[\\w\\-.:/]*");

    private StoredPage() {}

    /**
     * @param texts of records as they leave; empty when only the encoder knows how one is written
     * @return empty when only the encoder knows how the page is written
     */
    static Optional<String> answer(Bundle page, IParser encoder, Function<Resource, Optional<String>> texts) {
        if (page.getType() != BundleType.SEARCHSET
                || page.getEntry().isEmpty()
                || page.hasSignature()
                || !page.getMeta().hasLastUpdated()) {
            return Optional.empty();
        }
        StringBuilder entries = new StringBuilder(2_000 * page.getEntry().size());
        for (BundleEntryComponent entry : page.getEntry()) {
            Optional<String> text = isPlain(entry) ? texts.apply(entry.getResource()) : Optional.empty();
            if (text.isEmpty()) {
                return Optional.empty();
            }
            entries.append(entries.isEmpty() ? "" : ",")
                    .append("{\"fullUrl\":\"")
                    .append(entry.getFullUrl())
                    .append("\",\"resource\":")
                    .append(text.get())
                    .append(",\"search\":{\"mode\":\"")
                    .append(entry.getSearch().getMode().toCode())
                    .append("\"}}");
        }
        String around = encoder.encodeResourceToString(withoutEntries(page));
        return Optional.of(around.substring(0, around.length() - 1) + ",\"entry\":[" + entries + "]}");
    }

    /** Whether it has an address, a record and a mode, and nothing else. */
    private static boolean isPlain(BundleEntryComponent entry) {
        return entry.hasResource()
                && entry.hasFullUrl()
                && PLAIN.matcher(entry.getFullUrl()).matches()
                && entry.hasSearch()
                && entry.getSearch().hasMode()
                && !entry.getSearch().hasScore()
                && !entry.getSearch().hasExtension()
                && !entry.hasLink()
                && !entry.hasRequest()
                && !entry.hasResponse()
                && !entry.hasExtension();
    }

    private static Bundle withoutEntries(Bundle page) {
        Bundle around = new Bundle();
        around.setIdElement(page.getIdElement());
        around.setMeta(page.getMeta());
        around.setImplicitRulesElement(page.getImplicitRulesElement());
        around.setLanguageElement(page.getLanguageElement());
        around.setIdentifier(page.getIdentifier());
        around.setTypeElement(page.getTypeElement());
        around.setTimestampElement(page.getTimestampElement());
        around.setTotalElement(page.getTotalElement());
        around.setLink(page.getLink());
        return around;
    }
}
