package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.narrowing.SignedStates;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Resource;

/**
 * A document is stored once somebody answers for it and for all that lies in it (FHIR R4, Documents: it is attested as a
 * whole). So it never is a record that a search would have to keep from patients because of one of its parts.
 */
final class DocumentRules {

    private static final Set<CompositionStatus> ATTESTED =
            EnumSet.of(CompositionStatus.FINAL, CompositionStatus.AMENDED, CompositionStatus.ENTEREDINERROR);

    private DocumentRules() {}

    static List<WriteIssue> check(Bundle document) {
        List<WriteIssue> issues = new ArrayList<>();
        for (int i = 0; i < document.getEntry().size(); i++) {
            Resource part = document.getEntry().get(i).getResource();
            if (part != null && (isDraft(part) || SignedStates.isUnsigned(part))) {
                issues.add(new WriteIssue(
                        DenialCode.PROFILE,
                        "Bundle.entry[" + i + "].resource.status",
                        "a document holds nothing that is not signed yet"));
            }
        }
        return issues;
    }

    private static boolean isDraft(Resource part) {
        return part instanceof Composition composition
                && (composition.getStatus() == null || !ATTESTED.contains(composition.getStatus()));
    }
}
