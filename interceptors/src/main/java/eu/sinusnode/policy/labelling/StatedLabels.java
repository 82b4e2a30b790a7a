package eu.sinusnode.policy.labelling;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Confidentiality;
import eu.sinusnode.policy.consent.Sensitivity;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;

/**
 * What somebody says in {@code meta.security}, and of a DocumentReference in {@code securityLabel}. Whoever writes a
 * record of a patient may label it; a label that is there stays (R4 resource.html#tag-updates), but for who loads: a
 * record must not be opened by leaving its label out.
 */
public final class StatedLabels {

    private StatedLabels() {}

    /** The labels that this server knows; others mean nothing here. */
    public static Set<Code> of(Resource resource) {
        Stream<Coding> inContent = resource instanceof DocumentReference document
                ? document.getSecurityLabel().stream().flatMap(label -> label.getCoding().stream())
                : Stream.empty();
        return Stream.concat(resource.getMeta().getSecurity().stream(), inContent)
                .map(StatedLabels::code)
                .filter(StatedLabels::isKnown)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Why the labels of what is to be written cannot be stored. */
    public static Optional<String> fault(CallerKind caller, Resource resource, boolean ofPatients) {
        if (!resource.getMeta().hasSecurity()) {
            return Optional.empty();
        }
        if (caller == CallerKind.DEVICE_GATEWAY || caller == CallerKind.ANALYSIS_JOB) {
            return Optional.of("what a device or an analysis writes has no meta.security: the server labels it");
        }
        if (!ofPatients) {
            return Optional.of(resource.fhirType() + " has no meta.security: it is no record of a patient");
        }
        return resource.getMeta().getSecurity().stream().map(StatedLabels::code).allMatch(StatedLabels::isKnown)
                ? Optional.empty()
                : Optional.of("meta.security holds N, R or V of " + Confidentiality.SYSTEM + ", and of "
                        + Sensitivity.SYSTEM + " " + String.join(", ", Sensitivity.codes())
                        + "; leave other labels out");
    }

    /**
     * What a new version carries.
     *
     * @param said by the new version and its codes
     * @param stored what the version before carries
     */
    public static Set<Code> ofVersion(Set<Code> said, Set<Code> stored, boolean byLoader) {
        Set<Code> all = new LinkedHashSet<>(said);
        if (!byLoader) {
            all.addAll(stored);
        }
        return Sensitivity.withWhatFollows(all);
    }

    /** Whether a record may carry the label here. */
    public static boolean isKnown(Code label) {
        return Sensitivity.isKnown(label) || Confidentiality.isRank(label) && !Confidentiality.isBelowNormal(label);
    }

    public static Code code(Coding label) {
        return new Code(String.valueOf(label.getSystem()), String.valueOf(label.getCode()));
    }
}
