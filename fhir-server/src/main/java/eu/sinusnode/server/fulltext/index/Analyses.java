package eu.sinusnode.server.fulltext.index;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * How text becomes words, for both kinds of index. No word is left out: in a clinic's text "kein" and "no" are the point.
 * A change here is a new {@link #FORMAT}, so that every index is made anew.
 */
public final class Analyses {

    public static final int FORMAT = 1;

    /** Stems, umlauts in either spelling, and the parts of compounds beside the whole. */
    static final String GERMAN = "sinusnode_german";
    /** The same for what is looked for: it stands for itself, not for its parts. */
    static final String GERMAN_WORDS = "sinusnode_german_words";

    static final String ENGLISH = "sinusnode_english";
    /** The word as it stands, for prefixes: small letters, umlauts in either spelling. */
    static final String LETTERS = "sinusnode_letters";

    static final int LEAST_COMPOUND = 8;
    static final int LEAST_PART = 4;
    static final int MOST_PART = 20;

    /** Parts of German compounds, a line each, as {@link #letters} leaves them. */
    static final String PARTS = "fulltext/german-parts.txt";

    private static final Analyzer TO_LETTERS = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            StandardTokenizer words = new StandardTokenizer();
            return new TokenStreamComponents(words, normalize(field, words));
        }

        @Override
        protected TokenStream normalize(String field, TokenStream words) {
            return new GermanNormalizationFilter(new LowerCaseFilter(words));
        }
    };

    private Analyses() {}

    /** What {@link #LETTERS} makes of the beginning of a word. */
    static String letters(String beginning) {
        return TO_LETTERS.normalize("", beginning).utf8ToString();
    }

    static List<String> parts() {
        try (InputStream file =
                Objects.requireNonNull(Analyses.class.getClassLoader().getResourceAsStream(PARTS))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The parts of compounds cannot be read.", e);
        }
    }
}
