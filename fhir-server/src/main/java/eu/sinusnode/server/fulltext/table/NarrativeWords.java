package eu.sinusnode.server.fulltext.table;

import java.util.Set;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;

/** The words that a reader of a narrative sees: tags and their attributes are none, and words in two cells are two. */
final class NarrativeWords {

    /** Elements that may begin or end within a word. */
    private static final Set<String> WITHIN_WORDS =
            Set.of("a", "abbr", "b", "big", "em", "i", "q", "small", "span", "strong", "sub", "sup", "tt", "u");

    private NarrativeWords() {}

    static void addTo(BoundedText text, Narrative narrative) {
        if (narrative.hasDiv()) {
            add(text, narrative.getDiv());
        }
    }

    private static void add(BoundedText text, XhtmlNode node) {
        if (node.getNodeType() == NodeType.Text) {
            text.append(node.getContent());
            return;
        }
        boolean apart = node.getName() != null && !WITHIN_WORDS.contains(node.getName());
        if (apart) {
            text.append(" ");
        }
        node.getChildNodes().forEach(child -> add(text, child));
        if (apart) {
            text.append(" ");
        }
    }
}
