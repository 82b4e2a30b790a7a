package eu.sinusnode.server.projection;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.dao.IJpaStorageResourceParser;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.model.cross.IBasePersistedResource;
import ca.uhn.fhir.jpa.model.entity.IBaseResourceEntity;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.access.StoredRecords;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads the current version straight from the storage. No pointcut of a disclosure is called on the way, so a policy
 * may ask while it decides on a disclosure.
 */
public class JpaStoredRecords implements StoredRecords {

    private static final String POSSIBLE = """
            SELECT p.path FROM unnest(?::text[]) AS p (path) WHERE EXISTS (
                SELECT FROM public.hfj_resource r
                WHERE r.res_type = split_part(p.path, '/', 1) AND r.fhir_id = split_part(p.path, '/', 2))
            """;

    /** By the links that the open search parameters index, so that no table of our own has to follow them. */
    private static final String SHARED = """
            SELECT DISTINCT s.fhir_id FROM public.hfj_resource p
                JOIN public.hfj_res_link a ON a.target_resource_id = p.res_id
                JOIN public.hfj_resource s ON s.res_id = a.src_resource_id
            WHERE p.res_type = 'Patient' AND p.fhir_id = ANY (?) AND s.res_type = ? AND a.src_path = ANY (?)
                AND s.res_deleted_at IS NULL
                AND EXISTS (
                    SELECT FROM public.hfj_res_link b
                    WHERE b.src_resource_id = a.src_resource_id AND b.target_resource_type = 'Patient'
                        AND b.target_resource_id <> a.target_resource_id AND b.src_path = ANY (?))
            LIMIT ?
            """;

    private static final Map<String, List<String>> PATHS_OF_PATIENTS = Map.of(
            "Account", List.of("Account.subject"),
            "Appointment", List.of("Appointment.participant.actor"),
            "Communication", List.of("Communication.subject", "Communication.recipient", "Communication.sender"),
            "CommunicationRequest",
                    List.of(
                            "CommunicationRequest.subject",
                            "CommunicationRequest.recipient",
                            "CommunicationRequest.sender"));

    private final DaoRegistry daos;
    private final IHapiTransactionService transactions;
    private final IJpaStorageResourceParser parser;
    private final JdbcTemplate jdbc;

    public JpaStoredRecords(
            DaoRegistry daos,
            IHapiTransactionService transactions,
            IJpaStorageResourceParser parser,
            DataSource dataSource) {
        this.daos = daos;
        this.transactions = transactions;
        this.parser = parser;
        this.jdbc = new JdbcTemplate(dataSource);
    }

    @Override
    public Optional<Resource> current(String resourceType, String id) {
        if (!daos.isResourceTypeSupported(resourceType)) {
            return Optional.empty();
        }
        IFhirResourceDao<?> dao = daos.getResourceDao(resourceType);
        // HAPI's own transaction service, because within it an unknown id does not mark a surrounding transaction for
        // rollback.
        return transactions.withSystemRequest().execute(() -> read(dao, new IdType(resourceType, id)));
    }

    private Optional<Resource> read(IFhirResourceDao<?> dao, IdType id) {
        SystemRequestDetails request = new SystemRequestDetails();
        IBasePersistedResource<?> entity;
        try {
            entity = dao.readEntity(id, request);
        } catch (ResourceNotFoundException unknown) {
            return Optional.empty();
        }
        if (entity.isDeleted()) {
            return Optional.empty();
        }
        return Optional.of((Resource)
                parser.toResource(request, dao.getResourceType(), (IBaseResourceEntity<?>) entity, null, false));
    }

    @Override
    public Set<String> possible(Collection<String> paths) {
        if (paths.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(POSSIBLE);
                    statement.setArray(1, connection.createArrayOf("text", paths.toArray()));
                    return statement;
                },
                (row, number) -> row.getString(1)));
    }

    @Override
    public Set<String> shared(String resourceType, Collection<String> patientIds, int most) {
        List<String> paths = PATHS_OF_PATIENTS.get(resourceType);
        if (paths == null) {
            throw new IllegalArgumentException("It is not known by which elements patients share a " + resourceType);
        }
        return Set.copyOf(jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(SHARED);
                    statement.setArray(1, connection.createArrayOf("text", patientIds.toArray()));
                    statement.setString(2, resourceType);
                    statement.setArray(3, connection.createArrayOf("text", paths.toArray()));
                    statement.setArray(4, connection.createArrayOf("text", paths.toArray()));
                    statement.setInt(5, most);
                    return statement;
                },
                (row, number) -> row.getString(1)));
    }
}
