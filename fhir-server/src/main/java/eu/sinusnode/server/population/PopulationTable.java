package eu.sinusnode.server.population;

import eu.sinusnode.policy.narrowing.PopulationSearch;
import eu.sinusnode.profiles.Codes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Finds what a search asks for in {@code sinusnode.vital_reading} and {@code vital_without_reading}, with what the caller may
 * see in the same statement. It walks along the time, as far as the permitted of a population that is not very rare are
 * found sooner than by looking at each patient; behind that it looks at each permitted patient.
 */
public final class PopulationTable {

    /** How many Observations of a code a walk looks at; about as much work as a thousand patients looked at one by one. */
    private static final int WALK = 10_000;

    private static final int FARTHEST_OFFSET_HOURS = 24;

    private final NamedParameterJdbcTemplate jdbc;
    private final int walk;

    public PopulationTable(DataSource dataSource) {
        this(dataSource, WALK);
    }

    PopulationTable(DataSource dataSource, int walk) {
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
        this.walk = walk;
    }

    /**
     * The first ones behind a place, each Observation once. That none is found says that there is none; fewer than asked
     * for says nothing.
     *
     * @param recipient null for who reads of one patient by another right than a permit
     * @param after null for the beginning
     */
    public List<FoundVital> next(
            PopulationSearch search, @Nullable Recipient recipient, @Nullable FoundVital after, int most) {
        boolean linked = recipient != null && recipient.linked();
        PopulationSql sql = new PopulationSql(search, linked, after != null);
        Map<String, Object> values = values(search, recipient, after, most);
        if (search.patient() != null) {
            return query(sql.ofOne(recipient != null), values);
        }
        List<FoundVital> found = query(sql.walk(), values);
        return found.size() < most && goesOn(sql, values) ? query(sql.byPatients(), values) : found;
    }

    private boolean goesOn(PopulationSql sql, Map<String, Object> values) {
        return Boolean.TRUE.equals(jdbc.queryForObject(sql.goesOn(), values, Boolean.class));
    }

    /** One that carries several of the codes comes in several branches, at one place. */
    private List<FoundVital> query(String sql, Map<String, Object> values) {
        Set<UUID> seen = new HashSet<>();
        List<FoundVital> found = new ArrayList<>();
        jdbc.query(sql, values, row -> {
            OffsetDateTime at = Objects.requireNonNull(row.getObject("at", OffsetDateTime.class));
            FoundVital vital =
                    new FoundVital(at.toInstant(), Objects.requireNonNull(row.getObject("observation", UUID.class)));
            if (seen.add(vital.observation())) {
                found.add(vital);
            }
        });
        return found;
    }

    private Map<String, Object> values(
            PopulationSearch search, @Nullable Recipient recipient, @Nullable FoundVital after, int most) {
        Map<String, Object> values = new HashMap<>();
        if (recipient != null) {
            values.put("organization", recipient.organization());
            values.put("purpose", recipient.purpose());
            values.put("relationship", recipient.relationship());
            values.put("at", recipient.at());
        }
        if (search.patient() != null) {
            values.put("patient", UUID.fromString(search.patient()));
        }
        values.put("loinc", Codes.LOINC);
        values.put("walk", walk);
        values.put("most", most);
        if (after != null) {
            values.put("place", utc(after.at()));
            values.put("observation", after.observation());
        }
        PopulationSearch.Dates dates = search.dates();
        if (dates.fromDay() != null) {
            values.put("fromDay", dates.fromDay());
            values.put("fromEarliest", start(dates.fromDay()).minusHours(FARTHEST_OFFSET_HOURS));
            values.put("fromNumber", number(dates.fromDay()));
        }
        if (dates.toDay() != null) {
            values.put("toDay", dates.toDay());
            values.put("toLatest", start(dates.toDay().plusDays(1)).plusHours(FARTHEST_OFFSET_HOURS));
            values.put("toNumber", number(dates.toDay()));
        }
        if (dates.from() != null) {
            values.put("from", utc(dates.from()));
        }
        if (dates.before() != null) {
            values.put("before", utc(dates.before()));
        }
        return values;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static int number(LocalDate day) {
        return Integer.parseInt(day.format(DateTimeFormatter.BASIC_ISO_DATE));
    }
}
