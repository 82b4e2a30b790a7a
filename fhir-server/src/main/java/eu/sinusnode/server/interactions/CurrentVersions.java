package eu.sinusnode.server.interactions;

import ca.uhn.fhir.interceptor.api.IInterceptorBroadcaster;
import ca.uhn.fhir.jpa.dao.BaseHapiFhirResourceDao;
import ca.uhn.fhir.jpa.dao.IJpaStorageResourceParser;
import ca.uhn.fhir.jpa.model.entity.ResourceEncodingEnum;
import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.server.records.StoredVersion;
import java.util.List;
import javax.sql.DataSource;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IIdType;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads a record as it is now (http.html#read) in one statement. HAPI's own read looks for the record, then for its
 * version, through Hibernate and within a transaction, which costs more than all that guards the read. The record is
 * decoded by HAPI's parser and shown to the same hooks as in HAPI's read: what they withhold does not exist.
 */
public final class CurrentVersions {

    private static final String CURRENT = """
            SELECT %s
            FROM public.hfj_resource r JOIN public.hfj_res_ver v ON v.res_id = r.res_id AND v.res_ver = r.res_ver
            WHERE r.res_type = ? AND r.fhir_id = ?
            """.formatted(StoredVersion.COLUMNS);

    private final JdbcTemplate jdbc;
    private final IJpaStorageResourceParser parser;
    private final IInterceptorBroadcaster hooks;

    public CurrentVersions(DataSource dataSource, IJpaStorageResourceParser parser, IInterceptorBroadcaster hooks) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.parser = parser;
        this.hooks = hooks;
    }

    /**
     * @param type as FHIR names it; the class of a List has another name
     * @throws ResourceNotFoundException when there is no such record, or it is withheld
     * @throws ResourceGoneException when it was deleted
     */
    public <T extends IBaseResource> T read(String type, Class<T> kind, IIdType id, RequestDetails request) {
        List<ResourceHistoryTable> found =
                jdbc.query(CURRENT, (row, number) -> StoredVersion.read(row), type, id.getIdPart());
        if (found.isEmpty()) {
            throw new ResourceNotFoundException(id);
        }
        ResourceHistoryTable version = found.get(0);
        if (version.getEncoding() == ResourceEncodingEnum.DEL) {
            throw new ResourceGoneException(id);
        }
        T record = parser.toResource(request, kind, version, null, false);
        if (version.getEncoding() == ResourceEncodingEnum.JSON) {
            KeptTexts.keep(request, record, version.getResourceTextVc());
        }
        BaseHapiFhirResourceDao.invokeStoragePreAccessResources(hooks, request, id, record);
        return BaseHapiFhirResourceDao.invokeStoragePreShowResources(hooks, request, record);
    }
}
