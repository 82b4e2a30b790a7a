package eu.sinusnode.therapy.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A page as a reader of XML sees it. */
record Pages(Document document) {

    static Pages of(String page) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return new Pages(factory.newDocumentBuilder().parse(new InputSource(new StringReader(page))));
    }

    String text() {
        return document.getElementsByTagName("body").item(0).getTextContent();
    }

    List<String> all(String element) {
        NodeList found = document.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }

    /** Headings follow each other without a gap; tables have a caption and head cells with a scope; the language is said. */
    void isAccessible(String language) {
        assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo(language);
        assertThat(all("title")).hasSize(1).doesNotContain("");
        assertThat(all("h1")).hasSize(1);
        assertThat(all("h2")).hasSizeGreaterThan(3);
        assertThat(all("caption")).hasSameSizeAs(all("table")).doesNotContain("");
        NodeList heads = document.getElementsByTagName("th");
        for (int i = 0; i < heads.getLength(); i++) {
            assertThat(heads.item(i).getAttributes().getNamedItem("scope")).isNotNull();
        }
    }
}
