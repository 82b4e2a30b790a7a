package eu.sinusnode.server.audit.reading;

import eu.sinusnode.policy.access.StoredRecords;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Organization;

/** Names of Organizations, as they are stored now. */
public final class OrganizationNames implements Function<String, Optional<String>> {

    private static final String PREFIX = "Organization/";
    private final StoredRecords records;

    public OrganizationNames(StoredRecords records) {
        this.records = records;
    }

    /** @param reference {@code Organization/…} */
    @Override
    public Optional<String> apply(String reference) {
        return reference.startsWith(PREFIX)
                ? records.current("Organization", reference.substring(PREFIX.length()))
                        .map(Organization.class::cast)
                        .map(Organization::getName)
                : Optional.empty();
    }
}
