package eu.sinusnode.server.population;

import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import java.sql.PreparedStatement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What many rows of the storage refer to, in one statement. */
public final class ReferencedRows {

    private static final String REFERENCED = """
            SELECT link.src_resource_id, target.fhir_id
            FROM public.hfj_res_link link JOIN public.hfj_resource target ON target.res_id = link.target_resource_id
            WHERE link.src_resource_id = ANY (?) AND link.src_path = ANY (?) AND target.res_type = ?
                AND target.res_deleted_at IS NULL
            """;

    private final ISearchParamRegistry parameters;
    private final JdbcTemplate jdbc;

    public ReferencedRows(ISearchParamRegistry parameters, DataSource dataSource) {
        this.parameters = parameters;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** Ids without the type, by row, in the order in which the rows are given. */
    Map<Long, Set<String>> by(List<Long> rows, String resourceType, String parameter, String targetType) {
        String[] paths = parameters
                .getActiveSearchParam(resourceType, parameter, SearchParamLookupContextEnum.SEARCH)
                .getPathsSplitForResourceType(resourceType)
                .toArray(String[]::new);
        Map<Long, Set<String>> named = new LinkedHashMap<>();
        // In the order of the rows, whatever order the database answers in.
        rows.forEach(row -> named.put(row, new HashSet<>()));
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(REFERENCED);
                    statement.setArray(1, connection.createArrayOf("bigint", rows.toArray()));
                    statement.setArray(2, connection.createArrayOf("text", paths));
                    statement.setString(3, targetType);
                    return statement;
                },
                row -> {
                    named.computeIfAbsent(row.getLong(1), each -> new HashSet<>())
                            .add(row.getString(2));
                });
        named.values().removeIf(Set::isEmpty);
        return named;
    }
}
