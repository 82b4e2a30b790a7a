package eu.sinusnode.policy.narrowing.words;

import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.SearchNarrowing;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.policy.narrowing.SearchedPatients;
import eu.sinusnode.policy.narrowing.words.FullText.BehindException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns {@code _text} and {@code _content} of a search into ids. The search has been narrowed before: among whose records
 * the words are looked for, and among which of them, is what is left of it then. A search that is not narrowed to
 * patients or records is refused.
 */
public final class WordSearch {

    public static final String TEXT = "_text";
    public static final String CONTENT = "_content";

    /** How many records a condition on words may stand for. */
    static final int MOST_MATCHES = 1_000;

    private static final String ID = "_id";
    private static final String NOT = ":not";
    private static final String MISSING = ":missing";

    private final FullText fullText;
    private final String serverBase;

    public WordSearch(FullText fullText, String serverBase) {
        this.fullText = fullText;
        this.serverBase = serverBase;
    }

    /** What a search asks for in words. */
    public record Words(List<WordQuery> narrative, List<WordQuery> content) {
        boolean isEmpty() {
            return narrative.isEmpty() && content.isEmpty();
        }
    }

    /** The words of a search, or why they cannot be read. */
    public sealed interface Reading {
        record Read(Words words) implements Reading {}

        record Refused(String reason) implements Reading {}
    }

    /** What became of the narrowed search. */
    public sealed interface Outcome {
        record Resolved(SearchRequest search) implements Outcome {}

        record Refused(Decision.Deny deny) implements Outcome {}
    }

    public static Reading read(SearchRequest search) {
        List<WordQuery> narrative = new ArrayList<>();
        List<WordQuery> content = new ArrayList<>();
        Optional<String> refused = read(search, TEXT, narrative).or(() -> read(search, CONTENT, content));
        if (refused.isPresent()) {
            return new Reading.Refused(refused.get());
        }
        int most = WordQueryParser.MOST_TERMS;
        return terms(narrative) + terms(content) > most
                ? new Reading.Refused("the search has more than " + most + " words")
                : new Reading.Read(new Words(narrative, content));
    }

    /** Adds a query for each occurrence; why one cannot be read, or empty when all were. */
    private static Optional<String> read(SearchRequest search, String parameter, List<WordQuery> queries) {
        for (String occurrence : search.occurrences(parameter)) {
            List<WordQuery> alternatives = new ArrayList<>();
            for (String value : SearchRequest.alternatives(occurrence)) {
                WordQueryParser.Reading reading = WordQueryParser.read(value);
                if (reading instanceof WordQueryParser.Reading.Refused refused) {
                    return Optional.of(parameter + ": " + refused.reason());
                }
                alternatives.add(((WordQueryParser.Reading.Query) reading).words());
            }
            queries.add(new WordQuery.Any(alternatives));
        }
        return Optional.empty();
    }

    private static int terms(List<WordQuery> queries) {
        return queries.stream().mapToInt(WordSearch::terms).sum();
    }

    private static int terms(WordQuery query) {
        if (query instanceof WordQuery.All all) {
            return terms(all.parts());
        }
        if (query instanceof WordQuery.Any any) {
            return terms(any.parts());
        }
        return query instanceof WordQuery.Not not ? terms(not.part()) : 1;
    }

    /** @throws BehindException when the full text cannot tell now */
    public Outcome resolve(Words words, SearchRequest narrowed) throws BehindException {
        if (words.isEmpty()) {
            return new Outcome.Resolved(narrowed);
        }
        SearchRequest rest = narrowed.without(Set.of(TEXT, CONTENT));
        if (narrowed.occurrences(ID).contains(SearchNarrowing.NOBODY)) {
            return new Outcome.Resolved(rest);
        }
        Set<String> patients = SearchedPatients.of(rest, serverBase);
        Optional<Set<String>> ids = ids(rest);
        if (patients.isEmpty() && ids.isEmpty()) {
            return new Outcome.Refused(
                    new Decision.Deny(DenialCode.SEARCH_TOO_WIDE, "a search for words must name patients or records"));
        }
        if (ids.isPresent() && ids.get().isEmpty()) {
            return new Outcome.Resolved(rest.and(ID, List.of(SearchNarrowing.NOBODY)));
        }
        List<String> found = fullText.find(new TextSearch(
                rest.resourceType(),
                words.narrative(),
                words.content(),
                patients,
                ids.orElse(Set.of()),
                limits(rest, ""),
                limits(rest, NOT),
                present(rest),
                MOST_MATCHES + 1));
        if (found.size() > MOST_MATCHES) {
            return new Outcome.Refused(new Decision.Deny(
                    DenialCode.SEARCH_TOO_WIDE, "the words stand in more than " + MOST_MATCHES + " records"));
        }
        return new Outcome.Resolved(rest.and(ID, found.isEmpty() ? List.of(SearchNarrowing.NOBODY) : found));
    }

    /** Those that every occurrence names; empty when the search names none. */
    private static Optional<Set<String>> ids(SearchRequest search) {
        Set<String> common = null;
        for (String occurrence : search.occurrences(ID)) {
            Set<String> named = SearchRequest.alternatives(occurrence).stream()
                    .map(value -> value.substring(value.indexOf('/') + 1))
                    .collect(Collectors.toSet());
            if (common != null) {
                named.retainAll(common);
            }
            common = named;
        }
        return Optional.ofNullable(common);
    }

    /**
     * The conditions by which consent, scopes and signatures may have limited the search, so that what they hide does not
     * count among what is found. One in a form that only the storage understands is left to the storage.
     */
    private static List<Map.Entry<String, Set<String>>> limits(SearchRequest search, String modifier) {
        List<Map.Entry<String, Set<String>>> limits = new ArrayList<>();
        for (String parameter : RecordFactsReader.limiting(search.resourceType())) {
            for (String occurrence : search.occurrences(parameter + modifier)) {
                Set<String> values = new HashSet<>(SearchRequest.alternatives(occurrence));
                if (values.stream().allMatch(value -> isWhole(parameter, value))) {
                    limits.add(Map.entry(parameter, values));
                }
            }
        }
        return limits;
    }

    private static Set<String> present(SearchRequest search) {
        return RecordFactsReader.limiting(search.resourceType()).stream()
                .filter(parameter -> search.occurrences(parameter + MISSING).contains("false"))
                .collect(Collectors.toSet());
    }

    private static boolean isWhole(String parameter, String value) {
        int bar = value.lastIndexOf('|');
        return parameter.equals(RecordFactsReader.STATUS) ? bar < 0 : bar > 0 && bar < value.length() - 1;
    }
}
