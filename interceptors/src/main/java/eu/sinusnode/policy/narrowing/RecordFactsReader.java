package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.access.LimitingParameters;
import eu.sinusnode.policy.consent.ConsentedRecord;
import eu.sinusnode.policy.consent.Ownership;
import eu.sinusnode.policy.consent.RecordFacts;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Resource;

/** Reads from a record what the consent decision needs. */
public final class RecordFactsReader {

    /** The parameter that says whether a record is signed. */
    public static final String STATUS = "status";

    private final RecordOwners owners;

    public RecordFactsReader(References references) {
        this.owners = new RecordOwners(references);
    }

    /** The parameters by which a search for the type may be limited beside its patients. */
    public static Set<String> limiting(String resourceType) {
        Set<String> limiting = new HashSet<>(LimitingParameters.all(resourceType));
        limiting.add(RecordFacts.LABELS);
        if (SignedStates.of(resourceType).isPresent()) {
            limiting.add(STATUS);
        }
        return limiting;
    }

    public RecordFacts read(Resource resource) {
        return read(resource, Optional.ofNullable(resource.getIdElement().getIdPart()));
    }

    /** @param ownKey what the record itself is called; see {@link RecordOwners#of(Resource, Optional)} */
    public RecordFacts read(Resource resource, Optional<String> ownKey) {
        return facts(resource, owners.of(resource, ownKey));
    }

    /** What consent looks at of a record of which it is known whose it is. */
    public static ConsentedRecord consented(Resource resource) {
        return facts(resource, new Ownership.Unknown()).consented();
    }

    private static RecordFacts facts(Resource resource, Ownership ownership) {
        Map<String, Set<String>> values = values(resource);
        return new RecordFacts(
                resource.fhirType(),
                resource.getIdElement().getIdPart(),
                ownership,
                values,
                RecordLabels.of(resource, values),
                RecordTimes.of(resource),
                RecordBonds.of(resource),
                isUnsigned(resource));
    }

    /** By search parameter, the codings by which consent and scopes may limit a record, and a Device's owner. */
    private static Map<String, Set<String>> values(Resource resource) {
        return resource instanceof Device device && device.getOwner().hasReference()
                ? Map.of(OwnDevicesSource.OWNER, Set.of(device.getOwner().getReference()))
                : LimitedElements.tokens(resource);
    }

    /** A document is as unsigned as what lies in it. */
    private static boolean isUnsigned(Resource resource) {
        return resource instanceof Bundle bundle
                ? bundle.getEntry().stream()
                        .map(BundleEntryComponent::getResource)
                        .anyMatch(part -> part != null && SignedStates.isUnsigned(part))
                : SignedStates.isUnsigned(resource);
    }
}
