package eu.sinusnode.server.fulltext.table;

import static org.assertj.core.api.Assertions.assertThat;

import eu.sinusnode.server.fulltext.Prose;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MarkdownType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;

class RecordTextTest {

    @Test
    void aNarrativeIsWhatItsReaderSees() {
        Condition condition = Prose.withNarrative(
                Prose.condition("c", "p", "note"),
                "<h1 title=\"attribute\">Befund</h1><p>Vor<b>hof</b>flimmern<br/>paroxysmal</p><!-- comment -->"
                        + "<table><tr><td>rechts</td><td>links</td></tr></table><p>S&#228;ttigung &amp; Puls</p>");
        assertThat(RecordText.narrative(condition).split("\\s+"))
                .containsExactly("Befund", "Vorhofflimmern", "paroxysmal", "rechts", "links", "Sättigung", "&", "Puls");
        assertThat(RecordText.content(condition)).doesNotContain("Befund").contains("note");
    }

    @Test
    void stringsMarkdownAndDisplaysAreWordsWhereverTheyStand() {
        DocumentReference document = new DocumentReference();
        document.setId("DocumentReference/ident1");
        document.getMeta().setSource("urn:source").addTag("s", "c", "tagdisplay");
        document.addIdentifier(new Identifier().setSystem("urn:system").setValue("identifier1"));
        document.setSubject(new Reference("Patient/patient1").setDisplay("patientdisplay"));
        document.setDescription("description words");
        document.getType()
                .setText("typetext")
                .addCoding()
                .setCode("code1")
                .setDisplay("typedisplay")
                .setVersion("v9");
        document.addContent()
                .setAttachment(new Attachment()
                        .setTitle("attachmenttitle")
                        .setContentType("text/plain")
                        .setUrl("https://example.org/url1")
                        .setData("binarywords".getBytes()));
        document.addExtension(new Extension("https://example.org/extension1", new MarkdownType("markdown words")));
        Medication contained = new Medication();
        contained.getCode().setText("containedtext");
        document.addContained(contained);
        document.addExtension(new Extension(
                "https://example.org/extension2", new Quantity().setValue(7).setUnit("unit1")));

        assertThat(RecordText.content(document).split("\\s+"))
                .containsExactlyInAnyOrder(
                        "patientdisplay",
                        "description",
                        "words",
                        "typetext",
                        "typedisplay",
                        "attachmenttitle",
                        "markdown",
                        "words",
                        "containedtext");
    }

    @Test
    void textIsBoundedAndHoldsNoControlCharacters() {
        Condition condition = Prose.condition("c", "p", "a\tb\u0001c\nd");
        assertThat(RecordText.content(condition)).contains("a b c d");
        condition.getNoteFirstRep().setText("x".repeat(BoundedText.MOST_CHARACTERS) + " behind");
        assertThat(RecordText.content(condition))
                .hasSizeLessThanOrEqualTo(BoundedText.MOST_CHARACTERS)
                .doesNotContain("behind");
    }
}
