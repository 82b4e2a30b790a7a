package eu.sinusnode.server.everything;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.Denials;
import eu.sinusnode.policy.access.RequestProblem;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.server.rest.GivenParameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what is asked for, or says what is wrong with it. */
final class WantedReader {

    static final String AFTER = "after";
    static final Set<String> PARAMETERS = Set.of("start", "end", "_since", "_type", "_count", AFTER);

    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,5}");

    /** A date, as precise as one likes, or an instant with its offset (datatypes.html#dateTime). */
    private static final Pattern DATE = Pattern.compile(
            "[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+\\-][0-9]{2}:[0-9]{2}))?)?)?");

    private final BulkDisclosure disclosure;
    private final int pageSize;
    private final int maxPageSize;

    WantedReader(BulkDisclosure disclosure, int pageSize, int maxPageSize) {
        this.disclosure = disclosure;
        this.pageSize = pageSize;
        this.maxPageSize = maxPageSize;
    }

    /** @throws BaseServerResponseException 400 for what is not of its form, 403 for a type that is named and not open */
    Wanted read(Caller caller, GivenParameters given, RequestDetails request) {
        Set<String> named = new TreeSet<>();
        given.all("_type").forEach(value -> named.addAll(Arrays.asList(value.split(",", -1))));
        for (String type : named) {
            requireOpen(caller, type, request);
        }
        Set<String> wanted = named.isEmpty() ? disclosure.types(caller) : named;
        List<String> types = inOrder(wanted);
        return new Wanted(
                types,
                wanted.stream().filter(BulkDisclosure::mayBeOfNobody).collect(Collectors.toSet()),
                date("start", given.one("start"), Span::first),
                date("end", given.one("end"), Span::last),
                instant(given.one("_since")),
                count(given.one("_count")),
                place(given.one(AFTER), types));
    }

    /** The Patient first; what refers to the other records, last. */
    private static List<String> inOrder(Collection<String> types) {
        return types.stream()
                .filter(BulkDisclosure::isOfPatients)
                .sorted(Comparator.<String, Integer>comparing(
                                type -> type.equals("Patient") ? 0 : type.equals("Provenance") ? 2 : 1)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private void requireOpen(Caller caller, String type, RequestDetails request) {
        if (!AccessMatrix.standard().isOpen(type) || !disclosure.isStored(type)) {
            throw malformed("_type lists resource types that the server stores; see the types in /metadata");
        }
        if (disclosure.decideType(caller, type) instanceof Decision.Deny deny) {
            throw DenialLedger.refuse(request, deny, null);
        }
    }

    /** @param bound which end of a date that is a day, a month or a year */
    private static @Nullable Instant date(String name, @Nullable String value, Function<Span, Instant> bound) {
        if (value == null) {
            return null;
        }
        // A plus that was not encoded has become a blank on its way.
        String text = value.replace(' ', '+');
        if (!DATE.matcher(text).matches()) {
            throw malformed(name + " is a date, as 2026-01-31, or an instant with its offset");
        }
        try {
            return bound.apply(Span.of(text));
        } catch (DateTimeException noDate) {
            throw malformed(name + " is no date of the calendar");
        }
    }

    /** What a date stands for, in the zone in which the storage reads dates. */
    private record Span(Instant first, Instant last) {
        static Span of(String date) {
            if (date.length() > "2026-01-31".length()) {
                Instant instant = OffsetDateTime.parse(date).toInstant();
                return new Span(instant, instant);
            }
            LocalDate first = LocalDate.parse((date + "-01-01").substring(0, "2026-01-31".length()));
            LocalDate next =
                    switch (date.length()) {
                        case 4 -> first.plusYears(1);
                        case 7 -> first.plusMonths(1);
                        default -> first.plusDays(1);
                    };
            return new Span(begin(first), begin(next).minusMillis(1));
        }

        private static Instant begin(LocalDate day) {
            return day.atStartOfDay(ZoneId.systemDefault()).toInstant();
        }
    }

    private static @Nullable Instant instant(@Nullable String value) {
        try {
            return value == null
                    ? null
                    : OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
        } catch (DateTimeException none) {
            throw malformed("_since is an instant with its offset, as 2026-01-31T08:00:00Z");
        }
    }

    private int count(@Nullable String value) {
        if (value == null) {
            return pageSize;
        }
        if (!COUNT.matcher(value).matches()) {
            throw malformed("_count is a number of records, 1 at least");
        }
        return Math.min(Integer.parseInt(value), maxPageSize);
    }

    private static @Nullable Place place(@Nullable String value, List<String> types) {
        return value == null
                ? null
                : Place.parse(value)
                        .filter(place -> types.contains(place.resourceType()))
                        .orElseThrow(() -> malformed("a next page is asked for by the link of the page before it"));
    }

    /** @param what is wrong, as a clause */
    static BaseServerResponseException malformed(String what) {
        return Denials.problem(RequestProblem.EVERYTHING_REQUEST, what);
    }
}
