package eu.sinusnode.keycloak.realm;

import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.ScopeContext;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a login. No name and no address: the login server knows whose record or desk it is, nothing else.
 *
 * @param organization plain id of the Organization the person acts for; a patient acts for none
 * @param fhirUser the person's own resource, {@code Patient/<id>}, {@code RelatedPerson/<id>} or {@code Practitioner/<id>}
 * @param patient plain id of the Patient whose record the login opens; patients and representatives only
 */
public record Person(
        String username,
        CallerKind callerKind,
        @Nullable String organization,
        @Nullable String fhirUser,
        @Nullable String patient) {

    /** The kinds of caller that log in; all others are backend clients. An administrator can be either. */
    public static final Set<CallerKind> KINDS = Arrays.stream(CallerKind.values())
            .filter(kind -> kind.scopeContext() != ScopeContext.SYSTEM || kind == CallerKind.ADMINISTRATOR)
            .collect(Collectors.toUnmodifiableSet());

    public Person {
        if (!KINDS.contains(callerKind)) {
            throw new IllegalArgumentException(username + ": " + callerKind.claim() + " is a backend client.");
        }
        boolean ofOneRecord = callerKind == CallerKind.PATIENT || callerKind == CallerKind.REPRESENTATIVE;
        if (ofOneRecord != (patient != null)) {
            throw new IllegalArgumentException(
                    username + ": patients and their representatives, and nobody else, are bound to one record.");
        }
    }

    public static Person patient(String username, String patient) {
        return new Person(username, CallerKind.PATIENT, null, "Patient/" + patient, patient);
    }

    /** Of one patient; the period in which it holds stands in the RelatedPerson. */
    public static Person representative(String username, String relatedPerson, String patient) {
        return new Person(username, CallerKind.REPRESENTATIVE, null, "RelatedPerson/" + relatedPerson, patient);
    }

    public static Person clinician(String username, String organization, String practitioner) {
        return new Person(username, CallerKind.CLINICIAN, organization, "Practitioner/" + practitioner, null);
    }

    public static Person auditor(String username, String organization) {
        return new Person(username, CallerKind.AUDITOR, organization, null, null);
    }

    public static Person administrator(String username, String organization) {
        return new Person(username, CallerKind.ADMINISTRATOR, organization, null, null);
    }
}
