package eu.sinusnode.server.export;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.audit.DenialLedger;
import eu.sinusnode.policy.disclosure.BulkDisclosure;
import eu.sinusnode.server.export.job.ExportOrder;
import eu.sinusnode.server.export.job.TypeFilters;
import eu.sinusnode.server.rest.GivenParameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes an order of what a kick-off asks for, or says what is wrong with it. */
final class ExportOrders {

    /** The one type by whose instances files can be organised: whose every record is. */
    private static final String PATIENT = "Patient";

    private static final Set<String> NDJSON = Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z][a-z-]*");
    private static final int MOST_FILTERS = 20;

    private final BulkDisclosure disclosure;
    private final TypeFilters filters;
    private final Minimising minimising;

    ExportOrders(BulkDisclosure disclosure, TypeFilters filters, Minimising minimising) {
        this.disclosure = disclosure;
        this.filters = filters;
        this.minimising = minimising;
    }

    /**
     * @param lenient whether what the export cannot do may be passed over
     * @throws InvalidRequestException when it is not of its form
     * @throws BaseServerResponseException 403 when a type is named that is not open to the caller
     */
    ExportOrder read(Caller caller, GivenParameters parameters, boolean lenient, RequestDetails request) {
        requireNdjson(parameters.one("_outputFormat"));
        Instant since = instant("_since", parameters.one("_since"));
        Instant until = instant("_until", parameters.one("_until"));
        Set<String> types = types(caller, listed(parameters.all("_type")), request);
        Map<String, List<String>> byType = filters(caller, parameters.all("_typeFilter"), types);
        Map<String, Set<String>> elements = OrderedElements.of(parameters.all("_elements"), types);
        Set<String> patients = OrderedPatients.of(parameters, request);
        String organizedBy = organizedBy(parameters.one("organizeOutputBy"), lenient);
        return minimising.of(
                caller,
                new ExportOrder(
                        request.getCompleteUrl(), types, since, until, byType, elements, patients, organizedBy, null));
    }

    private static @Nullable String organizedBy(@Nullable String type, boolean lenient) {
        if (type == null || type.equals(PATIENT)) {
            return type;
        }
        if (lenient) {
            return null;
        }
        throw ExportProblems.malformed("organizeOutputBy is Patient.");
    }

    /** A plus that was not encoded has become a blank on its way. */
    private static void requireNdjson(@Nullable String format) {
        if (format != null && !NDJSON.contains(format.replace(' ', '+'))) {
            throw ExportProblems.malformed("_outputFormat is application/fhir+ndjson.");
        }
    }

    private static @Nullable Instant instant(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
        } catch (DateTimeException none) {
            throw ExportProblems.malformed(name + " is an instant with its offset, as 2026-01-31T08:00:00Z.");
        }
    }

    /** Types that nobody names are left out when they are not open; one that is named is refused then. */
    private Set<String> types(Caller caller, Set<String> named, RequestDetails request) {
        if (named.isEmpty()) {
            return disclosure.types(caller);
        }
        for (String type : named) {
            if (!AccessMatrix.standard().isOpen(type) || !disclosure.isStored(type)) {
                throw ExportProblems.malformed(
                        "_type lists resource types that the server stores; see the types in /metadata.");
            }
            if (disclosure.decideType(caller, type) instanceof Decision.Deny deny) {
                throw DenialLedger.refuse(request, deny, null);
            }
        }
        return named;
    }

    private static Set<String> listed(List<String> values) {
        Set<String> types = new TreeSet<>();
        values.forEach(value -> types.addAll(Arrays.asList(value.split(",", -1))));
        return types;
    }

    /** Several filters come as repeated parameters or separated by commas; a comma of a value stands before no type. */
    private Map<String, List<String>> filters(Caller caller, List<String> given, Set<String> types) {
        Map<String, List<String>> byType = new TreeMap<>();
        int count = 0;
        for (String value : given) {
            for (String filter : value.split(",(?=[A-Z][A-Za-z]{1,60}\\?)")) {
                int mark = filter.indexOf('?');
                String type = mark < 0 ? "" : filter.substring(0, mark);
                if (!types.contains(type)) {
                    throw ExportProblems.malformed("_typeFilter is <type>?<search>, for a type that the export holds.");
                }
                String query = filter.substring(mark + 1);
                requireOpen(caller, type, query);
                byType.computeIfAbsent(type, none -> new ArrayList<>()).add(query);
                count++;
            }
        }
        if (count > MOST_FILTERS) {
            throw ExportProblems.malformed("An export takes " + MOST_FILTERS + " filters at most.");
        }
        return byType;
    }

    /**
     * Plain parameters of the type itself, those that the caller could search with: no chain, no modifier, nothing that
     * shapes an answer. So a filter asks about nothing but the records that are given.
     */
    private void requireOpen(Caller caller, String type, String query) {
        Map<String, List<String>> conditions;
        try {
            conditions = TypeFilters.conditions(query);
        } catch (IllegalArgumentException unreadable) {
            throw ExportProblems.malformed("The searches in _typeFilter are URL-encoded.");
        }
        Set<String> open = AccessMatrix.standard().searchParameters(caller.kind(), type);
        boolean plain = conditions.keySet().stream()
                .allMatch(name -> PLAIN_NAME.matcher(name).matches() && open.contains(name));
        if (!plain || type.equals("Provenance")) {
            throw ExportProblems.malformed("_typeFilter takes the search parameters of the type that are open to the"
                    + " caller, without modifiers, chains and parameters that begin with an underscore; Provenance"
                    + " takes none.");
        }
        try {
            filters.check(type, query);
        } catch (BaseServerResponseException | DataFormatException unsearchable) {
            throw ExportProblems.malformed("A search in _typeFilter has a value that its parameter does not take.");
        }
    }
}
