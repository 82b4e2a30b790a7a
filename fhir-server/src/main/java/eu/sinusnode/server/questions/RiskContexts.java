package eu.sinusnode.server.questions;

import eu.sinusnode.policy.access.RecordSearch;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.careteam.ClinicView;
import eu.sinusnode.server.replay.AutomatedAnalysis;
import eu.sinusnode.therapy.triage.VitalValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the risk context of a question with the rights of the clinic that is asked: what it may not have neither stands in its
 * Task nor makes it more urgent.
 */
class RiskContexts {

    /** Beyond it a value says little of how somebody is now. */
    static final Duration VITALS = Duration.ofHours(24);
    /** What was raised in the last week: the job looks each day, and each rule's flag is raised anew when it holds. */
    static final Duration FLAGS = Duration.ofDays(7);

    private static final String READINGS = """
            SELECT c.loinc, r.value, r.observation::text FROM sinusnode.vital_reading r
            JOIN sinusnode.vital_code c ON c.code = r.code
            WHERE r.patient = :patient AND c.loinc = ANY (:codes) AND r.status IN ('f', 'a', 'c')
                AND r.effective BETWEEN :from AND :until
            ORDER BY r.effective DESC, r.observation LIMIT :most
            """;

    /** One a minute of two measures, and some more. */
    private static final int MOST_READINGS = 5_000;
    /** So many are looked at for one that the clinic may have. */
    private static final int TRIES = 20;

    private static final int MOST_FLAGS = 50;

    private static final Map<String, Set<String>> WANTED = new TreeMap<>(Map.of(
            "pressure", Set.of(Codes.SYSTOLIC, Codes.DIASTOLIC),
            "heart rate", Set.of(Codes.HEART_RATE, Codes.RESTING_HEART_RATE),
            "oxygen saturation", Set.of(Codes.OXYGEN_SATURATION)));

    private final JdbcClient jdbc;
    private final RecordSearch search;
    private final AutomatedAnalysis analysis;

    RiskContexts(DataSource dataSource, RecordSearch search) {
        this.jdbc = JdbcClient.create(dataSource);
        this.search = search;
        this.analysis = new AutomatedAnalysis(dataSource);
    }

    private record Reading(VitalValue value, String observation) {}

    RiskContext of(UUID patient, ClinicView clinic, Instant now) {
        List<Reading> readings = readings(patient, now);
        List<String> severe = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        WANTED.forEach((what, codes) -> {
            Predicate<Reading> of = reading -> codes.contains(reading.value().loinc());
            shown(readings, clinic, of.and(reading -> reading.value().isSevere()))
                    .findFirst()
                    .ifPresent(severe::add);
            if (shown(readings, clinic, of).findFirst().isEmpty()) {
                missing.add("no " + what + " of the last 24 hours");
            }
        });
        return new RiskContext(severe, flags(patient, clinic, now), missing);
    }

    private static Stream<String> shown(List<Reading> newestFirst, ClinicView clinic, Predicate<Reading> wanted) {
        return newestFirst.stream()
                .filter(wanted)
                .map(Reading::observation)
                .limit(TRIES)
                .filter(clinic::showsObservation);
    }

    private List<Reading> readings(UUID patient, Instant now) {
        return jdbc.sql(READINGS)
                .param("patient", patient)
                .param("codes", WANTED.values().stream().flatMap(Set::stream).toArray(String[]::new))
                .param("from", now.minus(VITALS).atOffset(ZoneOffset.UTC))
                .param("until", now.atOffset(ZoneOffset.UTC))
                .param("most", MOST_READINGS)
                .query((row, number) ->
                        new Reading(new VitalValue(row.getString(1), row.getDouble(2)), row.getString(3)))
                .list();
    }

    /** Who has withdrawn automated analysis does not want its findings told. */
    private List<String> flags(UUID patient, ClinicView clinic, Instant now) {
        if (!analysis.isOpen(patient.toString(), now)) {
            return List.of();
        }
        return search
                .ids(
                        "Observation",
                        Map.of(
                                "patient", List.of("Patient/" + patient),
                                "category", List.of(Canonicals.OBSERVATION_CATEGORIES + "|" + Codes.RISK_FLAG),
                                "code:not", List.of(Canonicals.OBSERVATION_CODES + "|" + Codes.NOT_COMPUTABLE_SUMMARY),
                                "status", List.of("preliminary,final,amended,corrected"),
                                "date", List.of("ge" + now.minus(FLAGS).truncatedTo(ChronoUnit.SECONDS))),
                        MOST_FLAGS)
                .stream()
                .filter(clinic::showsObservation)
                .toList();
    }
}
