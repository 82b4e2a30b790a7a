package eu.sinusnode.server.storage;

import ca.uhn.fhir.interceptor.model.RequestPartitionId;
import ca.uhn.fhir.jpa.cache.ResourcePersistentIdMap;
import ca.uhn.fhir.jpa.cache.ResourceVersionSvcDaoImpl;
import java.util.List;
import org.hl7.fhir.instance.model.api.IIdType;

/**
 * The newest versions of the references that are to get one. In a transaction HAPI asks for all of a record's again at
 * each of its other references, one statement each time, also when they have their versions already, as those to records
 * of the same transaction do; these are not asked for.
 */
class MissingVersions extends ResourceVersionSvcDaoImpl {

    @Override
    public ResourcePersistentIdMap getLatestVersionIdsForResourceIds(
            RequestPartitionId partition, List<IIdType> references) {
        List<IIdType> missing = references.stream()
                .filter(reference -> !reference.hasVersionIdPart())
                .toList();
        return missing.isEmpty()
                ? new ResourcePersistentIdMap()
                : super.getLatestVersionIdsForResourceIds(partition, missing);
    }
}
