package eu.sinusnode.server.therapy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import eu.sinusnode.profiles.Programmes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MetadataResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the programmes that ship in the directory, where they are found and read as those of the clinics are. Each version
 * is a record of its own, so that a plan's {@code url|version} leads to what the plan was made of. One that the
 * administrator has deleted stays away.
 */
final class ProgrammeKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(ProgrammeKeeper.class);

    private final FhirContext context;
    private final DaoRegistry daos;

    ProgrammeKeeper(FhirContext context, DaoRegistry daos) {
        this.context = context;
        this.daos = daos;
    }

    void keep() {
        for (MetadataResource definition : Programmes.resources(context)) {
            try {
                keep(definition);
            } catch (ResourceGoneException deleted) {
                LOG.info("{} has been deleted and stays away", canonical(definition));
            } catch (BaseServerResponseException notNow) {
                // Another node has stored it at the same moment; if not, the next start does.
                LOG.warn("{} was not stored: HTTP {}", canonical(definition), notNow.getStatusCode());
            }
        }
    }

    private void keep(MetadataResource definition) {
        @SuppressWarnings("unchecked")
        IFhirResourceDao<MetadataResource> dao = daos.getResourceDao(definition.fhirType());
        definition.setId(id(definition));
        Optional<MetadataResource> stored = stored(dao, definition.getIdElement());
        if (stored.isEmpty() || !says(stored.get()).equals(says(definition))) {
            dao.update(definition, new SystemRequestDetails());
        }
    }

    private static Optional<MetadataResource> stored(IFhirResourceDao<MetadataResource> dao, IdType id) {
        try {
            return Optional.of(dao.read(id, new SystemRequestDetails()));
        } catch (ResourceNotFoundException none) {
            return Optional.empty();
        }
    }

    private String says(MetadataResource definition) {
        MetadataResource said = (MetadataResource) definition.copy();
        said.setMeta(null);
        said.setId((String) null);
        return context.newJsonParser().encodeResourceToString(said);
    }

    /** The same on every server. */
    private static IdType id(MetadataResource definition) {
        UUID id = UUID.nameUUIDFromBytes(canonical(definition).getBytes(StandardCharsets.UTF_8));
        return new IdType(definition.fhirType(), id.toString());
    }

    private static String canonical(MetadataResource definition) {
        return definition.getUrl() + "|" + definition.getVersion();
    }
}
