package eu.sinusnode.policy.minimisation;

import eu.sinusnode.policy.access.Purpose;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.hl7.fhir.r4.model.Resource;

/** What a purpose gets of a permitted record: all of it, a masked form of it, or nothing that says anything. */
public final class Masking {

    /** What has to be so for a masked record to leave, beside that it is permitted; names are stable. */
    public enum Condition {
        /** Of fewer patients than a smallest group nobody is told, and a Patient as exactly as a group of them allows. */
        SMALL_GROUPS,
        /** What came or changed in the week that is under way leaves with the next one. */
        WHOLE_WEEKS
    }

    private final PseudonymisedForm form;

    /** @param at the year of which decides on the ages of the eldest; how names come out does not matter here */
    public Masking(Instant at, ZoneId zone) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        this.form = new PseudonymisedForm(
                Pseudonyms.of(new SecretKeySpec(key, "HmacSHA256"), "nobody"), Year.from(at.atZone(zone)));
    }

    /** Whether what such a purpose is given is masked. */
    public static boolean masks(Purpose purpose) {
        return Delivery.of(purpose) == Delivery.PSEUDONYMISED;
    }

    /** Whether the masked form of a record is none: what it cannot be without does not leave. */
    public boolean leavesNothingOf(Resource record) {
        return form.of(record).isEmpty();
    }

    /** The elements of a type that are left; all others are masked. */
    public static Set<String> left(String resourceType) {
        return PseudonymisedElements.of(resourceType);
    }
}
