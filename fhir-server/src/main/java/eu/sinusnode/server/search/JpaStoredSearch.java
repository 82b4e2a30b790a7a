package eu.sinusnode.server.search;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.model.dao.JpaPid;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry.SearchParamLookupContextEnum;
import eu.sinusnode.policy.narrowing.SearchRequest;
import eu.sinusnode.policy.narrowing.StoredSearch;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Asks HAPI's storage with the server's own rights. */
@Component
class JpaStoredSearch implements StoredSearch {

    private static final String REFERENCED = """
            SELECT DISTINCT target.fhir_id
            FROM public.hfj_res_link link JOIN public.hfj_resource target ON target.res_id = link.target_resource_id
            WHERE link.src_resource_id = ANY (?) AND link.src_path = ANY (?) AND target.res_type = ?
                AND target.res_deleted_at IS NULL
            """;
    private static final Set<String> CONDITIONS = Set.of(
            RecordConditions.ID, RecordConditions.NOT_ID, "_lastUpdated", RawSearch.LABELS, RawSearch.NOT_LABELS);
    private static final int AT_ONCE = 2_000;

    private final DaoRegistry daos;
    private final ISearchParamRegistry parameters;
    private final JdbcTemplate jdbc;

    JpaStoredSearch(DaoRegistry daos, ISearchParamRegistry parameters, DataSource dataSource) {
        this.daos = daos;
        this.parameters = parameters;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    @Override
    public List<String> ids(String resourceType, Map<String, List<String>> conditions, int most) {
        IFhirResourceDao<?> dao = daos.getResourceDao(resourceType);
        return dao.searchForResourceIds(arguments(dao, conditions, most), new SystemRequestDetails()).stream()
                .map(id -> id.getIdPart())
                .distinct()
                .limit(most)
                .toList();
    }

    @Override
    public Optional<Set<String>> referenced(
            SearchRequest narrowed, String parameter, String targetType, int mostFound) {
        Long[] rows = rows(narrowed, mostFound + 1);
        if (rows.length > mostFound) {
            return Optional.empty();
        }
        String[] paths = parameters
                .getActiveSearchParam(narrowed.resourceType(), parameter, SearchParamLookupContextEnum.SEARCH)
                .getPathsSplitForResourceType(narrowed.resourceType())
                .toArray(String[]::new);
        Set<String> referenced = new LinkedHashSet<>();
        for (int from = 0; from < rows.length; from += AT_ONCE) {
            Long[] some = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + AT_ONCE));
            referenced.addAll(jdbc.query(
                    connection -> {
                        PreparedStatement statement = connection.prepareStatement(REFERENCED);
                        statement.setArray(1, connection.createArrayOf("bigint", some));
                        statement.setArray(2, connection.createArrayOf("text", paths));
                        statement.setString(3, targetType);
                        return statement;
                    },
                    (row, number) -> row.getString(1)));
        }
        return Optional.of(referenced);
    }

    @Override
    public List<Resource> records(SearchRequest narrowed, int most) {
        IFhirResourceDao<?> dao = daos.getResourceDao(narrowed.resourceType());
        return dao
                .searchForResources(arguments(dao, StoredSearch.distinct(narrowed), most), new SystemRequestDetails())
                .stream()
                .map((IBaseResource found) -> (Resource) found)
                .toList();
    }

    private Long[] rows(SearchRequest narrowed, int most) {
        IFhirResourceDao<?> dao = daos.getResourceDao(narrowed.resourceType());
        List<JpaPid> found =
                dao.searchForIds(arguments(dao, StoredSearch.distinct(narrowed), most), new SystemRequestDetails());
        return found.stream().map(JpaPid::getId).distinct().toArray(Long[]::new);
    }

    private static SearchParameterMap arguments(
            IFhirResourceDao<?> dao, Map<String, List<String>> conditions, int most) {
        conditions.keySet().stream()
                .filter(name -> name.startsWith("_") && !CONDITIONS.contains(name))
                .findFirst()
                .ifPresent(unheard -> {
                    throw new IllegalArgumentException("The storage does not hear the condition " + unheard + ".");
                });
        return RawSearch.of(dao, conditions).setLoadSynchronousUpTo(most);
    }
}
