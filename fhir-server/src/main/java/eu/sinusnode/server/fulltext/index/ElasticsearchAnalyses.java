package eu.sinusnode.server.fulltext.index;

import org.hibernate.search.backend.elasticsearch.analysis.ElasticsearchAnalysisConfigurationContext;
import org.hibernate.search.backend.elasticsearch.analysis.ElasticsearchAnalysisConfigurer;

/** {@link Analyses} in the words of Elasticsearch and OpenSearch. */
final class ElasticsearchAnalyses implements ElasticsearchAnalysisConfigurer {

    private static final String PARTS = "sinusnode_german_parts";
    private static final String GERMAN_STEMS = "sinusnode_german_stems";
    private static final String ENGLISH_STEMS = "sinusnode_english_stems";
    private static final String POSSESSIVES = "sinusnode_english_possessives";

    @Override
    public void configure(ElasticsearchAnalysisConfigurationContext context) {
        context.tokenFilter(PARTS)
                .type("dictionary_decompounder")
                .param("word_list", Analyses.parts().toArray(String[]::new))
                .param("min_word_size", Analyses.LEAST_COMPOUND)
                .param("min_subword_size", Analyses.LEAST_PART)
                .param("max_subword_size", Analyses.MOST_PART)
                .param("only_longest_match", true);
        context.tokenFilter(GERMAN_STEMS).type("stemmer").param("language", "light_german");
        context.tokenFilter(ENGLISH_STEMS).type("stemmer").param("language", "english");
        context.tokenFilter(POSSESSIVES).type("stemmer").param("language", "possessive_english");
        context.analyzer(Analyses.GERMAN)
                .custom()
                .tokenizer("standard")
                .tokenFilters("lowercase", "german_normalization", PARTS, GERMAN_STEMS);
        context.analyzer(Analyses.GERMAN_WORDS)
                .custom()
                .tokenizer("standard")
                .tokenFilters("lowercase", "german_normalization", GERMAN_STEMS);
        context.analyzer(Analyses.ENGLISH)
                .custom()
                .tokenizer("standard")
                .tokenFilters("lowercase", POSSESSIVES, ENGLISH_STEMS);
        context.analyzer(Analyses.LETTERS)
                .custom()
                .tokenizer("standard")
                .tokenFilters("lowercase", "german_normalization");
    }
}
