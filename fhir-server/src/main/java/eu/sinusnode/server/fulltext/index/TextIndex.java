package eu.sinusnode.server.fulltext.index;

import eu.sinusnode.policy.narrowing.words.TextSearch;
import eu.sinusnode.policy.narrowing.words.WordQuery;
import eu.sinusnode.server.fulltext.table.TextRow;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.hibernate.search.engine.search.predicate.SearchPredicate;
import org.hibernate.search.engine.search.predicate.dsl.BooleanPredicateClausesStep;
import org.hibernate.search.engine.search.predicate.dsl.PredicateFinalStep;
import org.hibernate.search.engine.search.predicate.dsl.SearchPredicateFactory;
import org.hibernate.search.engine.search.query.SearchScroll;
import org.hibernate.search.engine.search.query.SearchScrollResult;
import org.hibernate.search.mapper.pojo.mapping.definition.annotation.AnnotatedTypeSource;
import org.hibernate.search.mapper.pojo.standalone.mapping.CloseableSearchMapping;
import org.hibernate.search.mapper.pojo.standalone.mapping.SearchMapping;
import org.hibernate.search.mapper.pojo.standalone.session.SearchSession;
import org.hibernate.search.mapper.pojo.work.IndexingPlanSynchronizationStrategy;

/** One index through Hibernate Search, of whatever kind its settings say. Safe for many readers and one writer. */
public final class TextIndex implements AutoCloseable {

    private static final int SCROLL = 1_000;
    private static final long SECONDS = 5;

    private final CloseableSearchMapping mapping;

    private TextIndex(CloseableSearchMapping mapping) {
        this.mapping = mapping;
    }

    /** @param settings of Hibernate Search, its backend's among them */
    public static TextIndex open(Map<String, Object> settings) {
        return new TextIndex(SearchMapping.builder(
                        AnnotatedTypeSource.fromClasses(TextDocument.class), MethodHandles.lookup())
                .property("hibernate.search.mapping.build_missing_discovered_jandex_indexes", false)
                .property("hibernate.search.mapping.discover_annotated_types_from_root_mapping_annotations", false)
                .property("hibernate.search.background_failure_handler", QuietFailures.reference())
                .properties(settings)
                .build());
    }

    /**
     * Puts rows in the place of what the index holds of their records. The same rows again change nothing.
     *
     * @throws RuntimeException when some were not applied; any of the others may have been
     */
    public void apply(List<TextRow> rows) {
        try (SearchSession session = session(IndexingPlanSynchronizationStrategy.readSync())) {
            for (TextRow row : rows) {
                if (row.gone()) {
                    session.indexingPlan().purge(TextDocument.class, row.path(), null);
                } else {
                    session.indexingPlan().addOrUpdate(TextDocument.of(row));
                }
            }
        }
    }

    /** Says which index this is; an index that lost its documents lost this too. */
    public void mark(String name) {
        try (SearchSession session = session(IndexingPlanSynchronizationStrategy.sync())) {
            session.indexingPlan().addOrUpdate(TextDocument.mark(name));
        }
    }

    public boolean isMarked(String name) {
        return read(session -> session.search(TextDocument.class)
                        .where(f -> f.bool()
                                .filter(f.match().field(TextDocument.TYPE).matching(TextDocument.MARK))
                                .filter(f.match()
                                        .field(TextDocument.FINGERPRINT)
                                        .matching(name)))
                        .fetchTotalHitCount())
                == 1;
    }

    /** Brings to the disk what was applied, and into every search. */
    public void commit() {
        read(session -> {
            session.workspace(TextDocument.class).flush();
            session.workspace(TextDocument.class).refresh();
            return true;
        });
    }

    public void clear() {
        read(session -> {
            session.workspace(TextDocument.class).purge();
            session.workspace(TextDocument.class).flush();
            session.workspace(TextDocument.class).refresh();
            return true;
        });
    }

    /** Rewrites the files without what was taken out of the index; until then it is only marked as deleted in them. */
    public void forget() {
        read(session -> {
            session.workspace(TextDocument.class).mergeSegments();
            session.workspace(TextDocument.class).flush();
            session.workspace(TextDocument.class).refresh();
            return true;
        });
    }

    /**
     * Ids without the type, at most as many as asked for, in no order that depends on other records.
     *
     * @throws org.hibernate.search.util.common.SearchTimeoutException when it takes too long
     */
    public List<String> find(TextSearch asked) {
        String prefix = asked.resourceType() + "/";
        return read(session -> session
                .search(TextDocument.class)
                .select(f -> f.id(String.class))
                .where(f -> predicate(f, asked))
                .sort(f -> f.indexOrder())
                .failAfter(SECONDS, TimeUnit.SECONDS)
                .fetchHits(asked.most())
                .stream()
                .map(id -> id.substring(prefix.length()))
                .toList());
    }

    private static PredicateFinalStep predicate(SearchPredicateFactory f, TextSearch asked) {
        BooleanPredicateClausesStep<?> all = f.bool();
        all.filter(f.match().field(TextDocument.TYPE).matching(asked.resourceType()));
        if (!asked.patients().isEmpty()) {
            all.filter(f.terms().field(TextDocument.PATIENTS).matchingAny(asked.patients()));
        }
        if (!asked.ids().isEmpty()) {
            all.filter(f.id().matchingAny(asked.ids().stream()
                    .map(id -> asked.resourceType() + "/" + id)
                    .toList()));
        }
        asked.limits()
                .forEach(limit -> all.filter(f.terms()
                        .field(TextDocument.LIMITS)
                        .matchingAny(limit.getValue().stream()
                                .map(value -> limit.getKey() + "=" + value)
                                .toList())));
        asked.excluded()
                .forEach(limit -> all.mustNot(f.terms()
                        .field(TextDocument.LIMITS)
                        .matchingAny(limit.getValue().stream()
                                .map(value -> limit.getKey() + "=" + value)
                                .toList())));
        asked.present()
                .forEach(parameter ->
                        all.filter(f.wildcard().field(TextDocument.LIMITS).matching(parameter + "=*")));
        words(f, "narrative", asked.narrative()).forEach(all::filter);
        words(f, "content", asked.content()).forEach(all::filter);
        return all;
    }

    private static Stream<SearchPredicate> words(SearchPredicateFactory f, String part, List<WordQuery> queries) {
        return queries.stream().map(query -> new WordPredicates(f, part).of(query));
    }

    /** How many records have words in the index. */
    public long documents() {
        return read(session -> session.search(TextDocument.class)
                .where(f -> f.not(f.match().field(TextDocument.TYPE).matching(TextDocument.MARK)))
                .fetchTotalHitCount());
    }

    /** Every record's {@code Type/id} and fingerprint. */
    public void each(BiConsumer<String, String> documents) {
        read(session -> {
            try (SearchScroll<List<?>> scroll = session.search(TextDocument.class)
                    .select(f -> f.composite()
                            .from(f.id(String.class), f.field(TextDocument.FINGERPRINT, String.class))
                            .asList())
                    .where(f -> f.not(f.match().field(TextDocument.TYPE).matching(TextDocument.MARK)))
                    .scroll(SCROLL)) {
                for (SearchScrollResult<List<?>> page = scroll.next(); page.hasHits(); page = scroll.next()) {
                    page.hits().forEach(hit -> documents.accept((String) hit.get(0), (String) hit.get(1)));
                }
            }
            return true;
        });
    }

    /** As {@link TextDocument#fingerprint}, for a comparison. */
    public static String fingerprint(TextRow row) {
        return TextDocument.fingerprint(row);
    }

    private SearchSession session(IndexingPlanSynchronizationStrategy strategy) {
        return mapping.createSessionWithOptions()
                .indexingPlanSynchronizationStrategy(strategy)
                .build();
    }

    private interface Work<T> {
        T with(SearchSession session);
    }

    private <T> T read(Work<T> work) {
        try (SearchSession session = mapping.createSession()) {
            return work.with(session);
        }
    }

    @Override
    public void close() {
        mapping.close();
    }
}
