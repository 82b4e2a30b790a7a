package eu.sinusnode.server.lane;

import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.ConsentRequest;
import eu.sinusnode.policy.consent.ConsentRules;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.Ruling;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import eu.sinusnode.policy.narrowing.References;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.WriteAheadLog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads series of RR intervals of many patients: the Observation, the DocumentReference that it is derived from, and the
 * Binary that holds the intervals. Which patients permit anything is part of the SQL that finds them. Each patient is asked
 * about again when the stream comes to it, and each record is decided by itself, so that what is withdrawn meanwhile does not
 * leave any more. Some series are in memory at a time.
 */
public class RrIntervalCursor {

    private static final int TOGETHER = 20;

    private static final String CHANGED = """
            SELECT c.patient::text FROM (
                SELECT r.patient FROM sinusnode.reading_change r WHERE r.change_sequence >= :since
                UNION SELECT d.patient FROM sinusnode.directive d WHERE d.change_sequence >= :since) c
            WHERE c.patient > :after ORDER BY c.patient LIMIT :limit
            """;

    private static final String SERIES = """
            SELECT r.patient::text, r.observation::text FROM sinusnode.reading_change r
            WHERE r.patient = ANY (:patients) ORDER BY r.patient, r.observation
            """;

    /** Sorts before every id that is given out. */
    private static final UUID FIRST = new UUID(0, 0);

    private static final Set<String> PARTS = Set.of(Codes.RR_INTERVAL_SERIES, "DocumentReference", "Binary");
    private static final Set<ObservationStatus> NO_MEASUREMENT =
            EnumSet.of(ObservationStatus.ENTEREDINERROR, ObservationStatus.CANCELLED);

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final PermitDirectory permits;
    private final StoredRecords records;
    private final Clock clock;

    public RrIntervalCursor(DataSource dataSource, PermitDirectory permits, StoredRecords records, Clock clock) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.permits = permits;
        this.records = records;
        this.clock = clock;
    }

    /**
     * Hands the range to the sink, and its end last.
     *
     * @throws ReadingCursor.UnknownSequenceException before anything was handed over
     * @throws IOException from the sink; the end was not handed over
     */
    void read(IntervalRange asked, References references, IntervalSink sink) throws IOException, SQLException {
        ReadingRange range = asked.patients();
        long sequence;
        try (Connection connection = dataSource.getConnection()) {
            sequence = ReadingCursor.sequence(connection, range.since());
            // The reader remembers it; what is read below is of this moment or a later one.
            WriteAheadLog.flush(connection);
        }
        NavigableSet<String> found = asked.named().isEmpty() ? patients(range) : new TreeSet<>(asked.named());
        boolean more = asked.named().isEmpty() && found.size() > range.maxPatients();
        List<String> patients = asked.named().isEmpty()
                ? found.stream().limit(range.maxPatients()).toList()
                : List.copyOf(found);
        Map<String, List<String>> series = series(patients);
        Map<String, List<Directive>> directives = directives(series.keySet(), range);
        series.keySet().removeIf(patient -> !permitsSomething(directives, patient, range, range.at()));
        sink.begin(series.keySet());
        for (Map.Entry<String, List<String>> one : series.entrySet()) {
            patient(one.getKey(), one.getValue(), asked, references, sink);
        }
        sink.end(patients.isEmpty() ? null : patients.get(patients.size() - 1), more, sequence);
    }

    /** One more than asked for, to know whether there are more. */
    private NavigableSet<String> patients(ReadingRange range) {
        List<String> found = range.since() == null
                ? permits
                        .permittedPatients(
                                range.organizationId(),
                                range.purpose(),
                                range.relationship(),
                                range.after(),
                                range.maxPatients() + 1,
                                range.at())
                        .stream()
                        .map(Directive::patientId)
                        .toList()
                : jdbc.sql(CHANGED)
                        .param("since", range.since())
                        .param("after", range.after() == null ? FIRST : UUID.fromString(range.after()))
                        .param("limit", range.maxPatients() + 1)
                        .query(String.class)
                        .list();
        NavigableSet<String> patients = new TreeSet<>(found);
        return range.through() == null ? patients : patients.headSet(range.through(), true);
    }

    /** Ids of Observations by patient, in the order of the ids; who has none has no entry. */
    private Map<String, List<String>> series(List<String> patients) {
        Map<String, List<String>> series = new LinkedHashMap<>();
        if (!patients.isEmpty()) {
            jdbc.sql(SERIES)
                    .param("patients", patients.stream().map(UUID::fromString).toArray(UUID[]::new))
                    .query(row -> {
                        series.computeIfAbsent(Objects.requireNonNull(row.getString(1)), patient -> new ArrayList<>())
                                .add(Objects.requireNonNull(row.getString(2)));
                    });
        }
        return series;
    }

    private Map<String, List<Directive>> directives(Collection<String> patients, ReadingRange range) {
        Instant now = clock.instant();
        Set<String> related = permits.relatedAmong(patients, range.organizationId(), range.relationship(), now);
        return permits.directivesOf(related, range.organizationId(), range.purpose(), now).stream()
                .collect(Collectors.groupingBy(Directive::patientId));
    }

    private static boolean permitsSomething(
            Map<String, List<Directive>> directives, String patient, ReadingRange range, Instant at) {
        return ConsentRules.permitSomething(directives.getOrDefault(patient, List.of()), request(range), at);
    }

    private static ConsentRequest request(ReadingRange range) {
        return new ConsentRequest(Set.of("Organization/" + range.organizationId()), range.purpose());
    }

    private void patient(
            String patient, List<String> ids, IntervalRange asked, References references, IntervalSink sink)
            throws IOException {
        ReadingRange range = asked.patients();
        List<Directive> directives = directives(Set.of(patient), range).getOrDefault(patient, List.of());
        Instant now = clock.instant();
        if (!ConsentRules.permitSomething(directives, request(range), now)) {
            return;
        }
        Permitted permitted =
                new Permitted(patient, directives, request(range), now, new RecordFactsReader(references));
        sink.patient(
                patient,
                PermittedReadings.of(directives, request(range), now).withheld().stream()
                        .filter(PARTS::contains)
                        .toList());
        List<Observation> left = newest(permitted.of(records.currentOf(paths("Observation", ids))), asked);
        while (!left.isEmpty()) {
            List<Observation> together = left.subList(0, Math.min(TOGETHER, left.size()));
            left = left.subList(together.size(), left.size());
            series(patient, together, permitted, sink);
        }
    }

    private static List<Observation> newest(Map<String, Resource> found, IntervalRange asked) {
        return found.values().stream()
                .filter(Observation.class::isInstance)
                .map(Observation.class::cast)
                .filter(RrIntervalCursor::isSeries)
                .filter(one -> asked.until() == null || !start(one).isAfter(asked.until()))
                .sorted(Comparator.comparing(RrIntervalCursor::start).reversed().thenComparing(one -> one.getIdElement()
                        .getIdPart()))
                .limit(asked.newest() == null ? Long.MAX_VALUE : asked.newest())
                .toList();
    }

    private void series(String patient, List<Observation> together, Permitted permitted, IntervalSink sink)
            throws IOException {
        Map<String, Resource> documents = permitted.of(records.currentOf(together.stream()
                .flatMap(one -> document(one).stream())
                .distinct()
                .toList()));
        Map<String, Resource> contents = permitted.of(records.currentOf(documents.values().stream()
                .flatMap(one -> content(one).stream())
                .distinct()
                .toList()));
        for (Observation one : together) {
            DocumentReference document =
                    (DocumentReference) document(one).map(documents::get).orElse(null);
            Binary content = document == null
                    ? null
                    : (Binary) content(document).map(contents::get).orElse(null);
            sink.series(patient, one, document, content);
        }
    }

    /** Of one patient, at one moment. */
    private record Permitted(
            String patient, List<Directive> directives, ConsentRequest request, Instant at, RecordFactsReader facts) {

        Map<String, Resource> of(Map<String, Resource> found) {
            return found.entrySet().stream()
                    .filter(entry -> isOwn(entry.getValue()) && isPermitted(entry.getValue()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        private boolean isOwn(Resource record) {
            Reference owner = null;
            if (record instanceof Observation observation) {
                owner = observation.getSubject();
            } else if (record instanceof DocumentReference document) {
                owner = document.getSubject();
            } else if (record instanceof Binary content) {
                owner = content.getSecurityContext();
            }
            return ResourceIds.referenced(owner, "Patient")
                    .filter(patient::equals)
                    .isPresent();
        }

        private boolean isPermitted(Resource record) {
            return ConsentRules.decide(directives, request, facts.read(record).consented(), at)
                    .rule()
                    .equals(Ruling.Rule.PERMITTED);
        }
    }

    private static boolean isSeries(Observation observation) {
        return !NO_MEASUREMENT.contains(observation.getStatus())
                && observation.hasEffectivePeriod()
                && observation.getEffectivePeriod().hasStart()
                && observation.getCode().getCoding().stream()
                        .anyMatch(coding -> Canonicals.OBSERVATION_CODES.equals(coding.getSystem())
                                && Codes.RR_INTERVAL_SERIES.equals(coding.getCode()));
    }

    private static Instant start(Observation series) {
        return series.getEffectivePeriod().getStart().toInstant();
    }

    private static Optional<String> document(Observation series) {
        return series.getDerivedFrom().stream()
                .flatMap(reference -> ResourceIds.referenced(reference, "DocumentReference").stream())
                .map(id -> "DocumentReference/" + id)
                .findFirst();
    }

    private static Optional<String> content(Resource document) {
        return document instanceof DocumentReference reference
                ? ResourceIds.referenced(
                                new Reference(reference
                                        .getContentFirstRep()
                                        .getAttachment()
                                        .getUrl()),
                                "Binary")
                        .map(id -> "Binary/" + id)
                : Optional.empty();
    }

    private static List<String> paths(String type, List<String> ids) {
        return ids.stream().map(id -> type + "/" + id).toList();
    }
}
