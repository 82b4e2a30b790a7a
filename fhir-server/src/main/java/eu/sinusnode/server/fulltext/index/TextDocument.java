package eu.sinusnode.server.fulltext.index;

import eu.sinusnode.server.fulltext.table.TextRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.hibernate.search.engine.backend.types.Norms;
import org.hibernate.search.engine.backend.types.Projectable;
import org.hibernate.search.mapper.pojo.mapping.definition.annotation.DocumentId;
import org.hibernate.search.mapper.pojo.mapping.definition.annotation.FullTextField;
import org.hibernate.search.mapper.pojo.mapping.definition.annotation.Indexed;
import org.hibernate.search.mapper.pojo.mapping.definition.annotation.KeywordField;
import org.hibernate.search.mapper.pojo.mapping.definition.annotation.SearchEntity;
import org.jspecify.annotations.Nullable;

/**
 * What the index holds of a record. Lucene keeps its words and no text; Elasticsearch keeps the document as it was sent, too.
 * Without norms: nothing is ranked.
 *
 * @param id {@code Type/id}
 * @param fingerprint of all that was indexed, so that a comparison with the table needs no text
 * @param narrativeDe the narrative for German words; null when the record says it is English. The other fields likewise
 */
@SearchEntity(name = TextDocument.NAME)
@Indexed(index = TextDocument.NAME)
record TextDocument(
        @DocumentId String id,
        @KeywordField(projectable = Projectable.YES) String fingerprint,
        @KeywordField String type,
        @KeywordField List<String> patients,
        @KeywordField List<String> limits,

        @FullTextField(analyzer = Analyses.GERMAN, searchAnalyzer = Analyses.GERMAN_WORDS, norms = Norms.NO) @Nullable
        String narrativeDe,

        @FullTextField(analyzer = Analyses.ENGLISH, norms = Norms.NO) @Nullable
        String narrativeEn,

        @FullTextField(analyzer = Analyses.LETTERS, norms = Norms.NO) @Nullable
        String narrativeAsIs,

        @FullTextField(analyzer = Analyses.GERMAN, searchAnalyzer = Analyses.GERMAN_WORDS, norms = Norms.NO) @Nullable
        String contentDe,

        @FullTextField(analyzer = Analyses.ENGLISH, norms = Norms.NO) @Nullable
        String contentEn,

        @FullTextField(analyzer = Analyses.LETTERS, norms = Norms.NO) @Nullable
        String contentAsIs) {

    static final String NAME = "sinusnode-full-text";

    static final String TYPE = "type";
    static final String PATIENTS = "patients";
    static final String LIMITS = "limits";
    static final String FINGERPRINT = "fingerprint";

    /** The one document that is no record: it says which index this is. */
    static final String MARK = "~mark";

    static TextDocument of(TextRow row) {
        String narrative = row.narrative();
        String content = narrative.isEmpty() ? row.content() : row.content() + "\n" + narrative;
        boolean german = !row.language().equals("en");
        boolean english = !row.language().equals("de");
        return new TextDocument(
                row.path(),
                fingerprint(row),
                row.resourceType(),
                row.patients().stream().map(UUID::toString).toList(),
                row.limits(),
                german ? narrative : null,
                english ? narrative : null,
                narrative,
                german ? content : null,
                english ? content : null,
                content);
    }

    static TextDocument mark(String index) {
        return new TextDocument(MARK, index, MARK, List.of(), List.of(), null, null, null, null, null, null);
    }

    /** Equal for equal rows, and for others not, but by chance. */
    static String fingerprint(TextRow row) {
        String all = String.join(
                "\u0000",
                row.path(),
                String.valueOf(row.version()),
                row.language(),
                row.patients().toString(),
                row.limits().toString(),
                row.narrative(),
                row.content());
        return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
