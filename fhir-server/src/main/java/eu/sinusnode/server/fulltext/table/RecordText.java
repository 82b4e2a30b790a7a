package eu.sinusnode.server.fulltext.table;

import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MarkdownType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.Signature;
import org.hl7.fhir.r4.model.StringType;

/**
 * The words of a record: narrative by itself, and strings, markdown and displays wherever they stand. Ids, identifiers,
 * references, codes, units, contact points, signatures and binary data are no words.
 */
final class RecordText {

    private static final Set<Class<?>> WITHOUT_WORDS = Set.of(
            ContactPoint.class,
            Identifier.class,
            Meta.class,
            Narrative.class,
            Quantity.class,
            SampledData.class,
            Signature.class);

    private RecordText() {}

    /** Empty for a record without narrative. */
    static String narrative(Resource resource) {
        BoundedText text = new BoundedText();
        if (resource instanceof DomainResource record) {
            NarrativeWords.addTo(text, record.getText());
        }
        return text.text();
    }

    /** All text but the record's own narrative. */
    static String content(Resource resource) {
        BoundedText text = new BoundedText();
        add(text, resource);
        return text.text();
    }

    private static void add(BoundedText text, Base element) {
        for (Property property : element.children()) {
            if (isWordless(element, property.getName())) {
                continue;
            }
            for (Base value : property.getValues()) {
                if (value.getClass() == StringType.class || value.getClass() == MarkdownType.class) {
                    text.add(value.primitiveValue());
                } else if (!value.isPrimitive() && !WITHOUT_WORDS.contains(value.getClass())) {
                    add(text, value);
                }
            }
        }
    }

    /** Strings of which R4 says something else by their place. */
    private static boolean isWordless(Base element, String name) {
        return element instanceof Reference && name.equals("reference")
                || element instanceof Coding && name.equals("version")
                || name.equals("linkId");
    }
}
