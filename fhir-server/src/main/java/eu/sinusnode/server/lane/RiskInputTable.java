package eu.sinusnode.server.lane;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.projection.RunningTransaction;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;

/**
 * The table {@code risk_input}. What is taken out of a resource is said by the SQL function {@code risk_input_of}, which
 * reads stored versions too.
 */
public class RiskInputTable {

    /** Of what rules ask for nothing of, there is a row when there was something before: that it is gone is a change. */
    private static final String PUT = """
            INSERT INTO sinusnode.risk_input (resource_type, resource, version, patient, code, effective, measured, said,
                change_sequence)
            SELECT n.resource_type, n.resource, n.version,
                CASE n.resource_type WHEN 'Patient' THEN n.resource ELSE i.patient END,
                i.code, i.effective, i.measured, i.said, pg_current_xact_id()::text::bigint
            FROM (VALUES (?::text, ?::uuid, ?::integer, ?::jsonb)) AS n (resource_type, resource, version, json)
            CROSS JOIN LATERAL sinusnode.risk_input_of(n.resource_type, n.json) AS i
            WHERE (n.resource_type = 'Patient' OR i.patient IS NOT NULL)
                AND (i.said IS NOT NULL OR EXISTS (SELECT FROM sinusnode.risk_input o
                    WHERE o.resource_type = n.resource_type AND o.resource = n.resource))
            ON CONFLICT (resource_type, resource) DO UPDATE SET version = excluded.version, patient = excluded.patient,
                code = excluded.code, effective = excluded.effective, measured = excluded.measured, said = excluded.said,
                change_sequence = excluded.change_sequence
            """;

    private static final String GONE = """
            UPDATE sinusnode.risk_input SET said = NULL, change_sequence = pg_current_xact_id()::text::bigint
            WHERE resource_type = ? AND resource = ?
            """;

    private final RunningTransaction transaction;
    private final FhirContext context = FhirContext.forR4Cached();

    public RiskInputTable(RunningTransaction transaction) {
        this.transaction = transaction;
    }

    /** @param resources as they are stored, with ids and versions */
    void put(List<Resource> resources) {
        transaction.batch(PUT, resources, resource -> new Object[] {
            resource.fhirType(),
            id(resource),
            resource.getIdElement().hasVersionIdPart()
                    ? resource.getIdElement().getVersionIdPartAsLong().intValue()
                    : 1,
            context.newJsonParser().encodeResourceToString(resource)
        });
    }

    void gone(List<Resource> resources) {
        transaction.batch(
                GONE,
                resources.stream()
                        .filter(resource -> ResourceIds.parse(
                                        resource.getIdElement().getIdPart())
                                .isPresent())
                        .toList(),
                resource -> new Object[] {resource.fhirType(), id(resource)});
    }

    private static UUID id(Resource resource) {
        return ResourceIds.require(resource.fhirType(), resource.getIdElement().getIdPart());
    }
}
