package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.consent.PatientStandings;
import eu.sinusnode.policy.consent.PermitDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What conditions through references (chains, {@code _has}) stand for when more patients permit the caller something than a
 * search can name: what the storage finds is left to those who permit something of the type, and each record decided by the
 * rules, so that a record that the caller may not have meets no condition.
 *
 * <p>A condition that few records meet is resolved to their ids. What a condition that many meet says of a few given records
 * is asked of those, by their references.
 */
public final class WideMatches {

    /** How many rows are looked at for a condition: first as many as do mostly, at last all that may be. */
    private static final List<Integer> LOOKS = List.of(2_000, 250_000);

    private static final int AT_ONCE = 1_000;

    /** Of how many records at a time it is asked what their references lead to. */
    private static final int NAMED_AT_ONCE = 200;

    private final RecordVisibility visibility;
    private final PermitDirectory permits;
    private final WideRows rows;
    private final List<Integer> looks;

    public WideMatches(RecordVisibility visibility, PermitDirectory permits, WideRows rows) {
        this(visibility, permits, rows, LOOKS);
    }

    /** @param looks how many rows are looked at for a condition, ascending; the last is also the most for given records */
    public WideMatches(RecordVisibility visibility, PermitDirectory permits, WideRows rows, List<Integer> looks) {
        this.visibility = visibility;
        this.permits = permits;
        this.rows = rows;
        this.looks = List.copyOf(looks);
    }

    /** What given records refer to is more than is looked at. */
    public static final class TooManyRowsException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** For one request; what was opened in an emergency is asked for by name and not among what is found. */
    public Run run(Caller caller, Instant at, References references) {
        return new Run(caller, at, references);
    }

    /** One request's questions, on the same facts. */
    public final class Run {
        private final Caller caller;
        private final Instant at;
        private final DecidedRows decided;
        private int left = looks.get(looks.size() - 1);

        private Run(Caller caller, Instant at, References references) {
            this.caller = caller;
            this.at = at;
            this.decided =
                    new DecidedRows(visibility, rows, caller, new PatientStandings(permits, caller, at), references);
        }

        /**
         * What the caller may have of what a search finds.
         *
         * @return ids without the type; empty when they are more than {@code most}, or the storage finds more than is looked
         *     at
         */
        public Optional<Set<String>> ids(WideSearch search, int most) {
            Set<String> found = new LinkedHashSet<>();
            boolean whole = look(search, some -> {
                found.addAll(visible(some, search).values());
                return found.size() <= most;
            });
            return whole ? Optional.of(found) : Optional.empty();
        }

        /**
         * What the records that the caller may have of what a search finds refer to.
         *
         * @return ids without the type; empty as for {@link #ids}
         */
        public Optional<Set<String>> referenced(WideSearch search, String parameter, String targetType, int most) {
            Set<String> found = new LinkedHashSet<>();
            boolean whole = look(search, some -> {
                addNamed(rows.references(some, search.resourceType(), parameter, targetType), search, found);
                return found.size() <= most;
            });
            return whole ? Optional.of(found) : Optional.empty();
        }

        /**
         * Those of given records that meet conditions.
         *
         * @param records ids without the type by row, in any order, which is kept
         * @throws TooManyRowsException when too many others refer to them
         */
        public Map<Long, String> meeting(
                Map<Long, String> records, String resourceType, List<ReferenceCondition> conditions) {
            Map<Long, String> meeting = new LinkedHashMap<>(records);
            for (ReferenceCondition condition : conditions) {
                if (condition.reverse()) {
                    Set<String> named = inParts(
                            new LinkedHashSet<>(meeting.values()),
                            ids -> named(condition.search(), condition.parameter(), resourceType, ids));
                    meeting.values().retainAll(named);
                } else {
                    String targetType = condition.search().resourceType();
                    Map<Long, Set<String>> naming = rows.references(
                            List.copyOf(meeting.keySet()), resourceType, condition.parameter(), targetType);
                    Set<String> targets =
                            naming.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
                    Set<String> found = inParts(targets, ids -> among(condition.search(), ids));
                    meeting.keySet().removeIf(row -> naming.getOrDefault(row, Set.of()).stream()
                            .noneMatch(found::contains));
                }
            }
            return meeting;
        }

        private static Set<String> inParts(Set<String> ids, Function<List<String>, Set<String>> ask) {
            List<String> all = List.copyOf(ids);
            Set<String> answers = new HashSet<>();
            for (int from = 0; from < all.size(); from += NAMED_AT_ONCE) {
                answers.addAll(ask.apply(all.subList(from, Math.min(all.size(), from + NAMED_AT_ONCE))));
            }
            return answers;
        }

        /** Whether all that is found was looked at, and none of it was too much. */
        private boolean look(WideSearch search, Predicate<List<Long>> at) {
            int before = left;
            try {
                return lookedThrough(search, at);
            } catch (TooManyRowsException tooMany) {
                // Of few given records it may be asked all the same.
                left = before;
                return false;
            }
        }

        private boolean lookedThrough(WideSearch search, Predicate<List<Long>> at) {
            Set<Long> looked = new HashSet<>();
            for (int most : looks) {
                List<Long> found = rows.first(search, most);
                List<Long> unseen = found.stream().filter(looked::add).toList();
                for (int from = 0; from < unseen.size(); from += AT_ONCE) {
                    if (!at.test(permitted(unseen.subList(from, Math.min(unseen.size(), from + AT_ONCE)), search))) {
                        return false;
                    }
                }
                if (found.size() < most) {
                    return true;
                }
            }
            return false;
        }

        private List<Long> permitted(List<Long> some, WideSearch search) {
            return rows.permitted(some, search.resourceType(), caller, at);
        }

        /** Those of a few ids that a search finds and the caller may have. */
        private Set<String> among(WideSearch search, List<String> ids) {
            List<Long> found = rows.first(search.and("_id", ids), ids.size() + 1);
            count(found);
            return Set.copyOf(visible(permitted(found, search), search).values());
        }

        /** Those of a few ids that are named by what a search finds and the caller may have. */
        private Set<String> named(WideSearch search, String parameter, String targetType, List<String> ids) {
            Set<String> named = new HashSet<>();
            List<String> pending = ids;
            while (!pending.isEmpty()) {
                int most = Math.min(pending.size() == 1 ? left + 1 : AT_ONCE, left + 1);
                List<Long> found = rows.first(
                        search.and(
                                parameter,
                                pending.stream()
                                        .map(id -> targetType + "/" + id)
                                        .toList()),
                        most);
                count(found);
                Set<String> more = new HashSet<>();
                for (int from = 0; from < found.size(); from += AT_ONCE) {
                    List<Long> some = permitted(found.subList(from, Math.min(found.size(), from + AT_ONCE)), search);
                    addNamed(rows.references(some, search.resourceType(), parameter, targetType), search, more);
                }
                more.retainAll(Set.copyOf(pending));
                named.addAll(more);
                if (found.size() < most) {
                    return named;
                }
                if (more.isEmpty()) {
                    int half = pending.size() / 2;
                    named.addAll(named(search, parameter, targetType, pending.subList(0, half)));
                    named.addAll(named(search, parameter, targetType, pending.subList(half, pending.size())));
                    return named;
                }
                pending = pending.stream().filter(id -> !named.contains(id)).toList();
            }
            return named;
        }

        private void count(List<Long> looked) {
            left -= looked.size();
            if (left < 0) {
                throw new TooManyRowsException();
            }
        }

        /** Adds what records name that the caller may have; who is named once already is not looked at again. */
        private void addNamed(Map<Long, Set<String>> naming, WideSearch search, Set<String> named) {
            Map<Long, Set<String>> untried = new LinkedHashMap<>(naming);
            for (int each = 1; !untried.isEmpty(); each *= 2) {
                untried.values().removeIf(named::containsAll);
                Map<String, Integer> tried = new HashMap<>();
                List<Long> some = new ArrayList<>();
                for (Map.Entry<Long, Set<String>> row : untried.entrySet()) {
                    int most = each;
                    if (row.getValue().stream().anyMatch(id -> tried.merge(id, 1, Integer::sum) <= most)) {
                        some.add(row.getKey());
                    }
                }
                visible(some, search).keySet().forEach(row -> named.addAll(naming.getOrDefault(row, Set.of())));
                untried.keySet().removeAll(Set.copyOf(some));
            }
        }

        /** Ids without the type, by row, of what the caller may have and meets the search's conditions through references. */
        private Map<Long, String> visible(List<Long> some, WideSearch search) {
            Map<Long, String> visible = decided.visible(some);
            return search.linked().isEmpty() || visible.isEmpty()
                    ? visible
                    : meeting(visible, search.resourceType(), search.linked());
        }
    }
}
