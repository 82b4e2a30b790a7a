package eu.sinusnode.server.fulltext.index;

import eu.sinusnode.policy.narrowing.words.WordQuery;
import java.util.List;
import org.hibernate.search.engine.search.predicate.SearchPredicate;
import org.hibernate.search.engine.search.predicate.dsl.BooleanPredicateClausesStep;
import org.hibernate.search.engine.search.predicate.dsl.SearchPredicateFactory;

/** Puts a {@link WordQuery} into the index's own terms: as a structure, so that no letter of it is ever an operator. */
final class WordPredicates {

    private final SearchPredicateFactory factory;
    private final String part;

    /** @param part {@code narrative} or {@code content} */
    WordPredicates(SearchPredicateFactory factory, String part) {
        this.factory = factory;
        this.part = part;
    }

    SearchPredicate of(WordQuery query) {
        if (query instanceof WordQuery.Word word) {
            return phrase(word.letters());
        }
        if (query instanceof WordQuery.Phrase phrase) {
            return phrase(phrase.words());
        }
        if (query instanceof WordQuery.Prefix prefix) {
            return factory.prefix()
                    .field(part + "AsIs")
                    .matching(Analyses.letters(prefix.letters()))
                    .toPredicate();
        }
        if (query instanceof WordQuery.All all) {
            BooleanPredicateClausesStep<?> clauses = factory.bool();
            all.parts().forEach(each -> clauses.filter(of(each)));
            return clauses.toPredicate();
        }
        if (query instanceof WordQuery.Any any) {
            return any(any.parts().stream().map(this::of).toList());
        }
        return factory.not(of(((WordQuery.Not) query).part())).toPredicate();
    }

    private SearchPredicate any(List<SearchPredicate> parts) {
        BooleanPredicateClausesStep<?> clauses = factory.bool();
        parts.forEach(clauses::should);
        return clauses.toPredicate();
    }

    /** A word that is written in parts is a phrase of them; of a single word a phrase is the word. */
    private SearchPredicate phrase(String words) {
        return factory.phrase().fields(part + "De", part + "En").matching(words).toPredicate();
    }
}
