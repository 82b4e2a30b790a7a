package eu.sinusnode.server.projection;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.dao.IJpaStorageResourceParser;
import ca.uhn.fhir.jpa.dao.tx.IHapiTransactionService;
import ca.uhn.fhir.jpa.model.cross.IBasePersistedResource;
import ca.uhn.fhir.jpa.model.entity.IBaseResourceEntity;
import ca.uhn.fhir.jpa.model.entity.ResourceEncodingEnum;
import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.server.records.StoredVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads the current version straight from the storage. No pointcut of a disclosure is called on the way, so a policy
 * may ask while it decides on a disclosure.
 */
public class JpaStoredRecords implements StoredRecords {

    private static final String CURRENT = """
            SELECT %s
            FROM unnest(?::text[], ?::text[]) AS asked (type, id)
            JOIN public.hfj_resource r ON r.res_type = asked.type AND r.fhir_id = asked.id
            JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            """.formatted(StoredVersion.COLUMNS);

    private final DaoRegistry daos;
    private final IHapiTransactionService transactions;
    private final IJpaStorageResourceParser parser;
    private final JdbcTemplate lookups;

    /** @param lookups for many records at once, outside of any transaction */
    public JpaStoredRecords(
            DaoRegistry daos,
            IHapiTransactionService transactions,
            IJpaStorageResourceParser parser,
            DataSource lookups) {
        this.daos = daos;
        this.transactions = transactions;
        this.parser = parser;
        this.lookups = new JdbcTemplate(lookups);
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
    public Optional<Resource> beforeDeletion(String resourceType, String id) {
        if (!daos.isResourceTypeSupported(resourceType)) {
            return Optional.empty();
        }
        IFhirResourceDao<?> dao = daos.getResourceDao(resourceType);
        return transactions.withSystemRequest().execute(() -> readDeleted(dao, new IdType(resourceType, id)));
    }

    private static Optional<Resource> readDeleted(IFhirResourceDao<?> dao, IdType id) {
        SystemRequestDetails request = new SystemRequestDetails();
        try {
            IBasePersistedResource<?> entity = dao.readEntity(id, request);
            return entity.isDeleted()
                    ? Optional.of((Resource) dao.read(id.withVersion(Long.toString(entity.getVersion() - 1)), request))
                    : Optional.empty();
        } catch (ResourceNotFoundException unknown) {
            return Optional.empty();
        }
    }

    @Override
    public Map<String, Resource> currentOf(Collection<String> paths) {
        List<String[]> parts = paths.stream()
                .map(path -> path.split("/", 2))
                .filter(part -> part.length == 2 && daos.isResourceTypeSupported(part[0]))
                .toList();
        Map<String, Resource> found = new HashMap<>();
        if (!parts.isEmpty()) {
            lookups.query(connection -> statement(connection, parts), row -> {
                ResourceHistoryTable version = StoredVersion.read(row);
                if (version.getEncoding() != ResourceEncodingEnum.DEL) {
                    found.put(version.getResourceType() + "/" + version.getFhirId(), read(version));
                }
            });
        }
        return found;
    }

    private static PreparedStatement statement(Connection connection, List<String[]> parts) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(CURRENT);
        for (int part = 0; part < 2; part++) {
            int which = part;
            Object[] values = parts.stream().map(both -> both[which]).toArray();
            statement.setArray(part + 1, connection.createArrayOf("text", values));
        }
        return statement;
    }

    private Resource read(ResourceHistoryTable version) {
        return (Resource) parser.toResource(
                new SystemRequestDetails(),
                daos.getResourceDao(version.getResourceType()).getResourceType(),
                version,
                null,
                false);
    }
}
