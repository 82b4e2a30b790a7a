package eu.sinusnode.policy.consent;

import eu.sinusnode.policy.access.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a caller stands towards one patient. */
public final class Standing {

    private final String patientId;
    private final boolean related;
    private final List<Directive> directives;
    private final @Nullable Opening opening;
    private final boolean restricted;

    /** Each record of a page asks for the same; whoever else asks has them made anew. */
    private volatile @Nullable Made made;

    private record Made(Caller caller, Instant at, RulesInForce rules) {}

    /**
     * Another patient's directives are left out: a directory that gave too much would not widen anything.
     *
     * @param related whether the link exists that the kind of caller needs; true where none is needed
     * @param directives what the patient's Consents say of the caller's organization and purpose, and of everybody
     * @param opening by which the caller has opened the patient's record without a Consent; null when it has not
     * @param restricted whether the record is kept and nothing else (Art. 18 GDPR)
     */
    public Standing(
            String patientId,
            boolean related,
            List<Directive> directives,
            @Nullable Opening opening,
            boolean restricted) {
        this.patientId = patientId;
        this.related = related;
        this.directives = directives.stream()
                .filter(directive -> directive.patientId().equals(patientId))
                .toList();
        this.opening = opening;
        this.restricted = restricted;
    }

    /** By links and Consents alone. */
    public Standing(String patientId, boolean related, List<Directive> directives) {
        this(patientId, related, directives, null, false);
    }

    public String patientId() {
        return patientId;
    }

    public boolean related() {
        return related;
    }

    public List<Directive> directives() {
        return directives;
    }

    public @Nullable Opening opening() {
        return opening;
    }

    public boolean restricted() {
        return restricted;
    }

    /** The same without what was opened. */
    public Standing byConsent() {
        return new Standing(patientId, related, directives, null, restricted);
    }

    /** Those of the directives that are about the caller and hold at the instant. */
    RulesInForce inForce(Caller caller, Instant at) {
        Made last = made;
        if (last == null || last.caller() != caller || !last.at().equals(at)) {
            last = new Made(caller, at, RulesInForce.of(directives, ConsentRequest.of(caller), at));
            made = last;
        }
        return last.rules();
    }
}
