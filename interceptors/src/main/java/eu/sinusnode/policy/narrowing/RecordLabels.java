package eu.sinusnode.policy.narrowing;

import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.Sensitivity;
import eu.sinusnode.policy.labelling.SensitiveCodes;
import eu.sinusnode.policy.labelling.StatedLabels;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Resource;

/**
 * The security labels of a record: what was stated, what its codes say, and for a document all that its parts carry. What
 * is stored carries all of them in {@code meta.security}, by which searches find it; a record that was stored before its
 * code became sensitive is decided on by its code all the same.
 */
public final class RecordLabels {

    private RecordLabels() {}

    /** Whether records of the type carry labels: those of patients do, the directory's do not. */
    public static boolean areOn(String resourceType) {
        return !OwnerRules.isDirectory(resourceType);
    }

    public static Set<Code> of(Resource resource) {
        return of(resource, LimitedElements.tokens(resource));
    }

    /** @param tokens by parameter, what the record says to its limiting parameters */
    static Set<Code> of(Resource resource, Map<String, Set<String>> tokens) {
        Set<Code> labels = StatedLabels.of(resource);
        tokens.values().forEach(values -> labels.addAll(SensitiveCodes.labels(values)));
        if (resource instanceof Bundle bundle) {
            bundle.getEntry().stream()
                    .filter(Bundle.BundleEntryComponent::hasResource)
                    .forEach(entry -> labels.addAll(of(entry.getResource())));
        }
        if (resource instanceof DomainResource record) {
            record.getContained().forEach(contained -> labels.addAll(said(contained)));
        }
        return Sensitivity.withWhatFollows(labels);
    }

    /** Of a record that need not exist. */
    public static Set<Code> of(Set<Code> stated, Set<Code> codes) {
        Set<Code> labels = new LinkedHashSet<>(stated);
        labels.addAll(SensitiveCodes.labels(codes.stream().map(Code::token).collect(Collectors.toSet())));
        return Sensitivity.withWhatFollows(labels);
    }

    /**
     * What a resource says to those that it goes over to, also one of the directory that carries no labels itself: a drug
     * is told by its code, whether that stands in the prescription, in what is contained there, or beside.
     */
    public static Set<Code> said(Resource resource) {
        return resource instanceof Medication drug
                ? Sensitivity.withWhatFollows(SensitiveCodes.labels(drug.getCode().getCoding().stream()
                        .filter(coding -> coding.hasSystem() && coding.hasCode())
                        .map(coding -> new Code(coding.getSystem(), coding.getCode()).token())
                        .collect(Collectors.toSet())))
                : of(resource);
    }

    /**
     * Puts into {@code meta.security} what a new version carries.
     *
     * @param stored what the version before carries; none of a new record
     */
    public static void label(Resource version, Set<Code> stored, boolean byLoader) {
        Set<Code> labels = new LinkedHashSet<>(StatedLabels.ofVersion(of(version), stored, byLoader));
        labels.removeIf(label -> version.getMeta().getSecurity(label.system(), label.code()) != null);
        labels.forEach(label -> version.getMeta().addSecurity(new Coding(label.system(), label.code(), null)));
    }
}
