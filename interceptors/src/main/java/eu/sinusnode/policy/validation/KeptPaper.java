package eu.sinusnode.policy.validation;

import eu.sinusnode.policy.access.DenialCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Consent;

/**
 * A signed document proves what was signed. Who changes what a Consent says takes the document off it, and that it was
 * verified; the version before keeps both.
 */
final class KeptPaper {

    private KeptPaper() {}

    /** @param was the stored version that the Consent replaces */
    static List<WriteIssue> check(Consent consent, Consent was) {
        List<WriteIssue> issues = new ArrayList<>();
        if (what(consent).equalsDeep(what(was))) {
            return issues;
        }
        if (isSame(consent, was)) {
            issues.add(issue(
                    ".source.ofType(Attachment)",
                    "the signed document says something else than this version: leave it out and name another source (an"
                            + " Attachment with a title is one), or end this Consent and give another one"));
        }
        if (consent.getVerification().stream()
                .anyMatch(each -> was.getVerification().stream().anyMatch(each::equalsDeep))) {
            issues.add(issue(
                    ".verification", "what was verified is what the version before says: leave the verification out"));
        }
        return issues;
    }

    /** Without the status, what it rests on, and what tells nothing of what it says. */
    private static Consent what(Consent consent) {
        Consent what = consent.copy();
        what.setSource(null);
        what.setVerification(null);
        what.setStatus(null);
        what.setText(null);
        what.setMeta(null);
        what.setId((String) null);
        return what;
    }

    /** By its bytes, their hash or where they are; a title alone is no document. */
    private static boolean isSame(Consent consent, Consent was) {
        if (!(consent.getSource() instanceof Attachment document) || !(was.getSource() instanceof Attachment signed)) {
            return false;
        }
        return signed.hasData() && Arrays.equals(signed.getData(), document.getData())
                || signed.hasHash() && Arrays.equals(signed.getHash(), document.getHash())
                || signed.hasUrl() && Objects.equals(signed.getUrl(), document.getUrl());
    }

    private static WriteIssue issue(String element, String message) {
        return new WriteIssue(DenialCode.CONSENT_RECORDED, "Consent" + element, message);
    }
}
