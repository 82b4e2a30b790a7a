package eu.sinusnode.policy.disclosure;

import eu.sinusnode.policy.access.AccessMatrix;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Scopes;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who does not call, but is asked about.
 *
 * @param organizationId id of the Organization
 * @param practitionerId id of the Practitioner; null for the Organization's systems
 */
public record AskedCaller(String organizationId, @Nullable String practitionerId, Purpose purpose) {

    private static final String NOBODY = "asked-about";

    /**
     * The caller whom the purpose makes of it, with every scope of its kind.
     *
     * @param country of the Organization
     * @return empty when nobody can act for the purpose here
     */
    Optional<Caller> caller(String country) {
        return kind().map(kind -> new Caller(
                kind,
                NOBODY,
                NOBODY,
                NOBODY,
                organizationId,
                country,
                null,
                purpose,
                practitionerId == null ? null : "Practitioner/" + practitionerId,
                null,
                Scopes.parse(String.join(" ", AccessMatrix.standard().scopesOf(kind))),
                Set.of()));
    }

    /** The patient, with every scope. */
    static Caller patient(String patientId) {
        return new Caller(
                CallerKind.PATIENT,
                NOBODY,
                NOBODY,
                NOBODY,
                null,
                "",
                null,
                Purpose.PATRQT,
                "Patient/" + patientId,
                patientId,
                Scopes.parse(String.join(" ", AccessMatrix.standard().scopesOf(CallerKind.PATIENT))),
                Set.of());
    }

    private Optional<CallerKind> kind() {
        return switch (purpose) {
            case TREAT -> Optional.of(practitionerId == null ? CallerKind.CLINIC_SYSTEM : CallerKind.CLINICIAN);
            case HPAYMT -> Optional.of(CallerKind.INSURER);
            case CAREMGT -> Optional.of(CallerKind.ANALYSIS_JOB);
            case HRESCH -> Optional.of(CallerKind.RESEARCHER);
            case HOPERAT, PATRQT, PATADMIN, HSYSADMIN -> Optional.empty();
        };
    }
}
