package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.narrowing.Narrowing.Withheld;
import eu.sinusnode.policy.search.SearchDefinitions;
import eu.sinusnode.policy.search.SearchDefinitions.Definition;
import eu.sinusnode.policy.search.SearchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns chains and {@code _has} into searches of their own by the same caller, narrowed like any other: a condition through
 * a reference holds for those records only that the caller could have found. What they find takes the condition's place
 * as ids, so that the storage never follows a reference by itself.
 *
 * <p>That each parameter and type is open to the caller, and covered by a scope, was decided before.
 */
public final class SubSearches {

    /** How many records a condition may stand for. */
    static final int MOST_MATCHES = 1_000;

    /** How many records {@code _has} may look at to find those. */
    static final int MOST_REFERRING = 10_000;

    /** How many searches one request may need beside its own. */
    static final int MOST_SEARCHES = 10;

    private static final String ID = "_id";

    /** What became of a search: one without chains, which still is to be narrowed, or a refusal. */
    public sealed interface Outcome {
        record Resolved(ResolvedSearch search, List<Withheld> withheld) implements Outcome {
            public Resolved {
                withheld = List.copyOf(withheld);
            }
        }

        record Refused(Decision.Deny deny) implements Outcome {}
    }

    private final SearchNarrowing narrowing;
    private final SearchDefinitions definitions;
    private final StoredSearch stored;
    private final WideSearchReader wide;
    private final WideMatches matches;

    public SubSearches(
            SearchNarrowing narrowing,
            SearchDefinitions definitions,
            StoredSearch stored,
            WideSearchReader wide,
            WideMatches matches) {
        this.narrowing = narrowing;
        this.definitions = definitions;
        this.stored = stored;
        this.wide = wide;
        this.matches = matches;
    }

    public Outcome resolve(Caller caller, SearchRequest search, PatientStandings standings, References references) {
        Run run = new Run(caller, standings, references);
        Optional<ResolvedSearch> resolved;
        try {
            resolved = run.resolve(search);
        } catch (WideMatches.TooManyRowsException tooMany) {
            return new Outcome.Refused(tooManyRows());
        }
        return run.refusal != null
                ? new Outcome.Refused(run.refusal)
                : new Outcome.Resolved(resolved.orElse(ResolvedSearch.of(search)), run.withheld);
    }

    /** Why a search is refused whose conditions through references lead to too many records. */
    public static Decision.Deny tooManyRows() {
        return new Decision.Deny(
                DenialCode.SEARCH_TOO_WIDE,
                "the conditions through references lead to more records than are looked at");
    }

    private final class Run {
        private final Caller caller;
        private final PatientStandings standings;
        private final References references;
        private final WideMatches.Run among;
        private final List<Withheld> withheld = new ArrayList<>();
        private int searches;
        private Decision.@Nullable Deny refusal;

        private Run(Caller caller, PatientStandings standings, References references) {
            this.caller = caller;
            this.standings = standings;
            this.references = references;
            this.among = matches.run(caller, standings.at(), references);
        }

        /** Empty when it was refused. */
        private Optional<ResolvedSearch> resolve(SearchRequest search) {
            ResolvedSearch result = ResolvedSearch.of(new SearchRequest(search.resourceType(), Map.of()));
            for (Map.Entry<String, List<String>> parameter : search.parameters().entrySet()) {
                SearchKey key = SearchKey.parse(parameter.getKey()).orElse(null);
                for (String occurrence : parameter.getValue()) {
                    Optional<ResolvedSearch> further = add(result, parameter.getKey(), key, occurrence);
                    if (further.isEmpty()) {
                        return Optional.empty();
                    }
                    result = further.get();
                }
            }
            return Optional.of(result);
        }

        private Optional<ResolvedSearch> add(
                ResolvedSearch search, String name, @Nullable SearchKey key, String occurrence) {
            String type = search.own().resourceType();
            if (key instanceof SearchKey.Chain chain) {
                String target = definitions
                        .target(type, chain)
                        .orElseThrow(() -> new IllegalStateException("A chain without a target was let through."));
                return inner(new SearchRequest(target, Map.of(chain.rest().name(), List.of(occurrence))))
                        .flatMap(asked -> asked instanceof Inner.Wide many
                                ? Optional.of(among.ids(many.search(), MOST_MATCHES)
                                        .map(ids -> search.named(chain.reference(), target + "/", ids)
                                                .amongMany())
                                        .orElseGet(() -> search.linked(
                                                new ReferenceCondition(false, chain.reference(), many.search()))))
                                : found((Inner.Narrowed) asked)
                                        .map(ids -> search.named(chain.reference(), target + "/", ids)));
            }
            if (key instanceof SearchKey.Has has) {
                return inner(new SearchRequest(has.type(), Map.of(has.rest().name(), List.of(occurrence))))
                        .flatMap(asked -> asked instanceof Inner.Wide many
                                ? Optional.of(among.referenced(many.search(), has.reference(), type, MOST_MATCHES)
                                        .map(ids -> search.named(ID, "", ids).amongMany())
                                        .orElseGet(() -> search.linked(
                                                new ReferenceCondition(true, has.reference(), many.search()))))
                                : referring((Inner.Narrowed) asked, has, type).map(ids -> search.named(ID, "", ids)));
            }
            if (key instanceof SearchKey.Plain plain && isType(type, plain)) {
                return Optional.of(search.and(
                        plain.parameter(),
                        String.join(
                                ",",
                                SearchRequest.alternatives(occurrence).stream()
                                        .map(value -> SearchRequest.escape(ofType(plain.modifier(), value)))
                                        .toList())));
            }
            return Optional.of(search.and(name, occurrence));
        }

        private boolean isType(String resourceType, SearchKey.Plain plain) {
            return plain.modifier() != null
                    && Character.isUpperCase(plain.modifier().charAt(0))
                    && definitions
                            .find(resourceType, plain.parameter())
                            .filter(Definition::isReference)
                            .isPresent();
        }

        /** The ids that a search of the caller finds; empty when it was refused. */
        private Optional<List<String>> found(Inner.Narrowed inner) {
            List<String> ids = isNothing(inner.search()) ? List.of() : stored.ids(inner.search(), MOST_MATCHES + 1);
            return ids.size() > MOST_MATCHES
                    ? refuse(
                            inner.asked(),
                            "more than " + MOST_MATCHES + " " + inner.asked().resourceType() + " match")
                    : Optional.of(ids);
        }

        private Optional<List<String>> referring(Inner.Narrowed inner, SearchKey.Has has, String targetType) {
            SearchRequest asked = inner.asked();
            if (isNothing(inner.search())) {
                return Optional.of(List.of());
            }
            Optional<List<String>> ids = stored.referenced(inner.search(), has.reference(), targetType, MOST_REFERRING)
                    .map(List::copyOf);
            if (ids.isEmpty()) {
                return refuse(asked, "more than " + MOST_REFERRING + " " + has.type() + " match");
            }
            return ids.get().size() > MOST_MATCHES
                    ? refuse(asked, "the matching " + has.type() + " name more than " + MOST_MATCHES + " records")
                    : ids;
        }

        /** The search that a condition stands for, as its caller may run it; empty when it was refused. */
        private Optional<Inner> inner(SearchRequest asked) {
            if (++searches > MOST_SEARCHES) {
                return refuse(asked, "the conditions need more than " + MOST_SEARCHES + " searches");
            }
            return resolve(asked).flatMap(resolved -> {
                Narrowing outcome = narrowing.narrow(caller, resolved.search(), standings, references);
                Optional<WideSearch> decided =
                        resolved.isAskedWide(outcome) ? wide.read(caller, resolved) : Optional.empty();
                if (decided.isPresent()) {
                    return Optional.of(new Inner.Wide(decided.get()));
                }
                if (outcome instanceof Narrowing.Refused refused) {
                    refusal = refused.deny();
                    return Optional.empty();
                }
                if (!resolved.linked().isEmpty()) {
                    return refuse(asked, "more than " + MOST_MATCHES + " records match");
                }
                Narrowing.Narrowed narrowed = (Narrowing.Narrowed) outcome;
                withheld.addAll(narrowed.withheld());
                return Optional.of(new Inner.Narrowed(asked, narrowed.search()));
            });
        }

        private <T> Optional<T> refuse(SearchRequest asked, String what) {
            refusal = new Decision.Deny(
                    DenialCode.SEARCH_TOO_WIDE,
                    what + " in " + String.join("&", asked.parameters().keySet()));
            return Optional.empty();
        }
    }

    /** The search that a condition stands for. */
    private sealed interface Inner {
        record Narrowed(SearchRequest asked, SearchRequest search) implements Inner {}

        /** More patients permit it than can be named, so that each record is decided by itself. */
        record Wide(WideSearch search) implements Inner {}
    }

    /** The reference that a value means when only records of a type may be meant; one of another type names nobody. */
    private static String ofType(@Nullable String type, String value) {
        if (!value.contains("/")) {
            return type + "/" + value;
        }
        return value.matches("(.*/)?" + type + "/[^/]+") ? value : type + "/" + SearchNarrowing.NOBODY;
    }

    private static boolean isNothing(SearchRequest search) {
        return search.occurrences(ID).contains(SearchNarrowing.NOBODY);
    }
}
