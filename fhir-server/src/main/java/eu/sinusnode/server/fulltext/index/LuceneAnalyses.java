package eu.sinusnode.server.fulltext.index;

import org.hibernate.search.backend.lucene.analysis.LuceneAnalysisConfigurationContext;
import org.hibernate.search.backend.lucene.analysis.LuceneAnalysisConfigurer;

/** {@link Analyses} in the words of Lucene. */
final class LuceneAnalyses implements LuceneAnalysisConfigurer {

    @Override
    public void configure(LuceneAnalysisConfigurationContext context) {
        context.analyzer(Analyses.GERMAN)
                .custom()
                .tokenizer("standard")
                .tokenFilter("lowercase")
                .tokenFilter("germanNormalization")
                .tokenFilter("dictionaryCompoundWord")
                .param("dictionary", Analyses.PARTS)
                .param("minWordSize", String.valueOf(Analyses.LEAST_COMPOUND))
                .param("minSubwordSize", String.valueOf(Analyses.LEAST_PART))
                .param("maxSubwordSize", String.valueOf(Analyses.MOST_PART))
                .param("onlyLongestMatch", "true")
                .tokenFilter("germanLightStem");
        context.analyzer(Analyses.GERMAN_WORDS)
                .custom()
                .tokenizer("standard")
                .tokenFilter("lowercase")
                .tokenFilter("germanNormalization")
                .tokenFilter("germanLightStem");
        context.analyzer(Analyses.ENGLISH)
                .custom()
                .tokenizer("standard")
                .tokenFilter("lowercase")
                .tokenFilter("englishPossessive")
                .tokenFilter("porterStem");
        context.analyzer(Analyses.LETTERS)
                .custom()
                .tokenizer("standard")
                .tokenFilter("lowercase")
                .tokenFilter("germanNormalization");
    }
}
