package eu.sinusnode.analysis.flag;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import eu.sinusnode.profiles.Codes;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;

/**
 * What of a flag makes it a new one when it differs. Ids, metadata and the time of writing are left out, and so are the
 * versions in derivedFrom, which a server may drop: the input manifest's hash stands for them. A summary's period only
 * says when was looked, and is left out too, like the hash of the manifest for a replay, which has the instant of the run.
 */
final class FlagContent {

    /** Text of the component that names the manifest for a replay. */
    static final String REPLAY_MANIFEST = "SHA-256 of the replay manifest";

    private FlagContent() {}

    static boolean same(Observation one, Observation other) {
        return of(one).equals(of(other));
    }

    static boolean sameApartFromStatus(Observation one, Observation other) {
        return of(one.copy().setStatus(null)).equals(of(other.copy().setStatus(null)));
    }

    private static String of(Observation flag) {
        Observation content = flag.copy();
        content.setIdElement(null);
        content.setMeta(null);
        content.setText(null);
        content.setIssuedElement(null);
        content.getDerivedFrom().forEach(FlagContent::dropVersion);
        content.getComponent()
                .removeIf(one -> REPLAY_MANIFEST.equals(one.getCode().getText()));
        if (isSummary(flag)) {
            content.setEffective(null);
        }
        IParser parser = FhirContext.forR4Cached().newJsonParser();
        parser.setStripVersionsFromReferences(false);
        return parser.encodeResourceToString(content);
    }

    static boolean isSummary(Observation flag) {
        return flag.getCode().getCoding().stream()
                .anyMatch(coding -> Codes.NOT_COMPUTABLE_SUMMARY.equals(coding.getCode()));
    }

    private static void dropVersion(Reference reference) {
        reference.setReference(
                reference.getReferenceElement().toUnqualifiedVersionless().getValue());
    }
}
