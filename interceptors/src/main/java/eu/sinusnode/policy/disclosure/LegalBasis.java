package eu.sinusnode.policy.disclosure;

import java.util.List;

/**
 * The law that a rule rests on, whether it gives or withholds; docs/consent.md says why. Names are stable.
 *
 * <p>Source: Regulation (EU) 2016/679 (GDPR); § 630f BGB (records of a treatment are kept for ten years).
 */
public enum LegalBasis {
    /** The patient consents: to the processing, and to that of data on health. */
    CONSENT("Art. 6(1)(a) GDPR", "Art. 9(2)(a) GDPR"),
    /** Data on health are not processed unless an exception of Art. 9(2) holds, and none does. */
    NO_CONSENT("Art. 9(1) GDPR"),
    /** The data subject's own access, which needs nobody's consent. */
    OWN_ACCESS("Art. 15 GDPR"),
    /** What the law has the operator do: keep the documentation of treatments, log who had access, answer for it. */
    LEGAL_DUTY("Art. 6(1)(c) GDPR", "Art. 9(2)(h) GDPR", "§ 630f BGB", "Art. 5(2) GDPR", "Art. 32 GDPR"),
    /** Vital interests of somebody who cannot consent. */
    VITAL_INTERESTS("Art. 6(1)(d) GDPR", "Art. 9(2)(c) GDPR"),
    /** What is restricted is stored, and processed with the data subject's consent alone. */
    RESTRICTION("Art. 18(2) GDPR"),
    /** What nobody answers for is not passed on. */
    ACCURACY("Art. 5(1)(d) GDPR"),
    /** Nobody gets more than the purpose needs. */
    MINIMISATION("Art. 5(1)(c) GDPR", "Art. 25(2) GDPR"),
    /** A purpose that nobody acts for opens nothing. */
    PURPOSE_LIMITATION("Art. 5(1)(b) GDPR"),
    /** Research gets what does not tell of whom it is. */
    RESEARCH_SAFEGUARDS("Art. 89(1) GDPR"),
    /** Only whom the operator knows, where the law lets data go. */
    ADMISSION("Art. 32 GDPR", "Art. 44 GDPR");

    private final List<String> articles;

    LegalBasis(String... articles) {
        this.articles = List.of(articles);
    }

    /** As English texts cite them, e.g. {@code Art. 15 GDPR}. */
    public List<String> articles() {
        return articles;
    }
}
