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
 * @param fhirUser the person's own resource, {@code Patient/<id>} or {@code Practitioner/<id>}, where there is one
 * @param patient plain id of the Patient whose record the login opens; patients only
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
        if ((callerKind == CallerKind.PATIENT) != (patient != null)) {
            throw new IllegalArgumentException(username + ": patients, and only patients, have a record of their own.");
        }
    }

    public static Person patient(String username, String patient) {
        return new Person(username, CallerKind.PATIENT, null, "Patient/" + patient, patient);
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
