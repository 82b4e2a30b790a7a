package eu.sinusnode.profiles;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceAgentComponent;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityComponent;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;

/**
 * Recognises the Provenance of a risk flag as the analysis writes it: one flag, the algorithm, the versions that tell most,
 * and manifests by their hashes. As with {@link PlainVital}, a yes has to be right, and the validator is its oracle in the
 * tests.
 */
final class PlainFlagProvenance {

    private static final String DATA_OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
    private static final Set<String> OPERATIONS = Set.of("CREATE", "UPDATE");
    private static final int LONGEST_MANIFEST = 1 << 20;

    private PlainFlagProvenance() {}

    /** {@code true}: valid without doubt. {@code false}: nothing is known. */
    static boolean isPlain(Provenance provenance) {
        return provenance.getClass() == Provenance.class
                && PlainElements.hasOnly(provenance, Set.of("id", "target", "recorded", "activity", "agent", "entity"))
                && PlainElements.isIdOrAbsent(provenance.getIdElement())
                && provenance.getTarget().size() == 1
                && isTargetPlain(provenance.getTarget().get(0))
                && provenance.hasRecorded()
                && PlainElements.isExactTime(provenance.getRecordedElement())
                && PlainElements.isCode(provenance.getActivity(), DATA_OPERATION, OPERATIONS)
                && provenance.getAgent().size() == 1
                && isAgentPlain(provenance.getAgent().get(0))
                && !provenance.getEntity().isEmpty()
                && provenance.getEntity().stream().allMatch(PlainFlagProvenance::isEntityPlain);
    }

    private static boolean isTargetPlain(Reference target) {
        return PlainElements.isReference(target, "Observation")
                || PlainElements.isVersion(target, "Observation")
                || PlainElements.isEntry(target, Observation.class);
    }

    private static boolean isAgentPlain(ProvenanceAgentComponent agent) {
        return PlainElements.isBare(agent)
                && PlainElements.hasOnly(agent, Set.of("who"))
                && PlainElements.isReference(agent.getWho(), "Device");
    }

    private static boolean isEntityPlain(ProvenanceEntityComponent entity) {
        return entity.getIdElement().isEmpty()
                && PlainElements.hasOnly(entity, Set.of("extension", "role", "what"))
                && entity.getRole() == ProvenanceEntityRole.SOURCE
                && PlainElements.isBare(entity.getRoleElement())
                && (PlainElements.isVersion(entity.getWhat(), "Observation", "DocumentReference")
                                && entity.getExtension().isEmpty()
                        || isManifestNamed(entity.getWhat()) && isManifestPlain(entity.getExtension()));
    }

    private static boolean isManifestNamed(Reference manifest) {
        return PlainElements.isBare(manifest)
                && PlainElements.hasOnly(manifest, Set.of("identifier", "display"))
                && PlainElements.isIdentifier(manifest.getIdentifier())
                && PlainElements.isBare(manifest.getDisplayElement())
                && PlainElements.isText(manifest.getDisplay());
    }

    /** None, or the bytes. */
    private static boolean isManifestPlain(List<Extension> extensions) {
        return extensions.isEmpty() || extensions.size() == 1 && isManifest(extensions.get(0));
    }

    private static boolean isManifest(Extension extension) {
        return Canonicals.REPLAY_MANIFEST.equals(extension.getUrl())
                && PlainElements.isBare(extension)
                && PlainElements.isBare(extension.getUrlElement())
                && extension.getValue() instanceof Base64BinaryType bytes
                && PlainElements.isBare(bytes)
                && bytes.getValue() != null
                && bytes.getValue().length > 0
                && bytes.getValue().length <= LONGEST_MANIFEST;
    }
}
