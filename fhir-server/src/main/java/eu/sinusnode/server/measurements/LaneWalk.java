package eu.sinusnode.server.measurements;

import eu.sinusnode.policy.narrowing.PopulationSearch.Dates;
import eu.sinusnode.server.lane.VitalCode;
import eu.sinusnode.server.population.FoundVital;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** One patient's Observations of vital codes, newest first, along the index of the readings. */
final class LaneWalk {

    private static final int FARTHEST_OFFSET_HOURS = 24;

    private static final String NEXT = """
            SELECT k.code, c.at, c.observation FROM unnest(:codes::smallint[]) AS k (code) CROSS JOIN LATERAL (
                (SELECT v.effective AS at, v.observation FROM sinusnode.vital_reading v
                WHERE v.patient = :patient AND v.code = k.code %1$s%3$s
                ORDER BY v.effective DESC, v.observation DESC LIMIT :most)
                UNION ALL
                (SELECT o.low, o.observation FROM sinusnode.vital_without_reading o
                WHERE o.patient = :patient AND o.code = k.code %2$s%4$s
                ORDER BY o.low DESC, o.observation DESC LIMIT :most)
                ORDER BY 1 DESC, 2 DESC LIMIT :most
            ) c ORDER BY k.code, c.at DESC, c.observation DESC
            """;

    /** Asked of each row, so that a category which no vital sign has costs a look at each and no more. */
    private static final String OF_CATEGORY = """
             AND EXISTS (SELECT FROM public.hfj_resource r JOIN public.hfj_spidx_token t ON t.res_id = r.res_id
                WHERE r.res_type = 'Observation' AND r.fhir_id = %1$s.observation::text AND t.hash_identity = ANY (:category::bigint[])
                AND t.sp_value = ANY (:categories::text[]))
            """;

    private final NamedParameterJdbcTemplate jdbc;
    private final TokenIndex tokens;

    LaneWalk(DataSource dataSource, TokenIndex tokens) {
        this.tokens = tokens;
        this.jdbc = new NamedParameterJdbcTemplate(dataSource);
    }

    /**
     * The newest of each code, found together.
     *
     * @param most of each
     */
    Map<VitalCode, List<FoundVital>> newest(UUID patient, List<VitalCode> codes, NewestAsked asked, int most) {
        Map<VitalCode, List<FoundVital>> found = new EnumMap<>(VitalCode.class);
        codes.stream()
                .collect(Collectors.partitioningBy(VitalCode::isOverPeriod))
                .forEach((overPeriod, alike) -> found.putAll(find(patient, alike, asked, null, most)));
        return found;
    }

    /** What comes behind. */
    List<FoundVital> next(UUID patient, VitalCode code, NewestAsked asked, FoundVital after, int most) {
        return find(patient, List.of(code), asked, after, most).getOrDefault(code, List.of());
    }

    /** @param codes all over a period, or none */
    private Map<VitalCode, List<FoundVital>> find(
            UUID patient, List<VitalCode> codes, NewestAsked asked, @Nullable FoundVital after, int most) {
        if (codes.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> values = new HashMap<>();
        values.put("patient", patient);
        // In PostgreSQL's own words.
        values.put(
                "codes",
                codes.stream().map(code -> String.valueOf(code.number())).collect(Collectors.joining(",", "{", "}")));
        values.put("most", most);
        if (after != null) {
            values.put("place", after.at().atOffset(ZoneOffset.UTC));
            values.put("observation", after.observation());
        }
        if (asked.categoryCodes() != null) {
            values.put("category", tokens.numbers(Set.of("category")));
            values.put("categories", asked.categoryCodes().toArray(String[]::new));
        }
        String dates = dates(asked.dates(), codes.get(0).isOverPeriod(), values);
        Map<VitalCode, List<FoundVital>> found = new EnumMap<>(VitalCode.class);
        jdbc.query(sql(asked, after != null, dates), values, row -> {
            OffsetDateTime at = Objects.requireNonNull(row.getObject(2, OffsetDateTime.class));
            found.computeIfAbsent(VitalCode.ofNumber(row.getInt(1)), first -> new ArrayList<>())
                    .add(new FoundVital(at.toInstant(), Objects.requireNonNull(row.getObject(3, UUID.class))));
        });
        return found;
    }

    private static String sql(NewestAsked asked, boolean further, String dates) {
        String category = asked.categoryCodes() == null ? "" : OF_CATEGORY;
        return NEXT.formatted(
                dates + behind(further, "v.effective", "v"),
                behind(further, "o.low", "o"),
                category.formatted("v"),
                category.formatted("o"));
    }

    private static String behind(boolean further, String time, String table) {
        return further ? " AND (" + time + ", " + table + ".observation) < (:place, :observation)" : "";
    }

    /**
     * So that an old time is reached at once; which day an Observation states, is asked of itself. What began before may
     * reach into the time.
     */
    private static String dates(Dates dates, boolean overPeriod, Map<String, Object> values) {
        StringBuilder conditions = new StringBuilder();
        if (dates.fromDay() != null && !overPeriod) {
            values.put("from", start(dates.fromDay()).minusHours(FARTHEST_OFFSET_HOURS));
        } else if (dates.from() != null && !overPeriod) {
            values.put("from", dates.from().atOffset(ZoneOffset.UTC));
        }
        if (dates.toDay() != null) {
            values.put("before", start(dates.toDay().plusDays(1)).plusHours(FARTHEST_OFFSET_HOURS));
        } else if (dates.before() != null) {
            values.put("before", dates.before().atOffset(ZoneOffset.UTC));
        }
        conditions.append(values.containsKey("from") ? " AND v.effective >= :from" : "");
        conditions.append(values.containsKey("before") ? " AND v.effective < :before" : "");
        return conditions.toString();
    }

    private static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
