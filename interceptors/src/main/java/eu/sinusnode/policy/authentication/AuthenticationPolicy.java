package eu.sinusnode.policy.authentication;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.CallerKind;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.ScopeContext;
import eu.sinusnode.policy.access.Scopes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads who calls from the claims of a verified token. A claim that is missing, empty, of another form, or that does not
 * fit the kind of caller identifies nobody.
 */
public final class AuthenticationPolicy {

    private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
    private static final int SCOPE_CLAIMS = 1_000;
    private static final Pattern FHIR_USER =
            Pattern.compile("(Practitioner|Patient|RelatedPerson)/[A-Za-z0-9\\-.]{1,64}");

    /** Clients ask for the same few lists again and again, and to read one takes as long as all other claims. */
    private final LoadingCache<String, Scopes> scopes =
            Caffeine.newBuilder().maximumSize(SCOPE_CLAIMS).build(Scopes::parse);

    /** What came of the claims. */
    public sealed interface Identification {
        record Identified(Caller caller) implements Identification {}

        record Refused(Decision.Deny deny) implements Identification {}
    }

    /** Names the claim that is missing or wrong; the value itself is not repeated. */
    private static final class BadClaim extends RuntimeException {
        private BadClaim(String what) {
            super(what, null, false, false);
        }
    }

    public Identification identify(Map<String, Object> claims) {
        try {
            return new Identification.Identified(read(claims));
        } catch (BadClaim bad) {
            return new Identification.Refused(
                    new Decision.Deny(DenialCode.TOKEN_INCOMPLETE, String.valueOf(bad.getMessage())));
        }
    }

    private Caller read(Map<String, Object> claims) {
        CallerKind kind = kind(required(claims, "caller_kind"));
        Scopes scopes = scopes(claims);
        String patientId = patient(kind, claims);
        if (patientId == null && scopes.has(ScopeContext.PATIENT)) {
            throw new BadClaim("claim patient is missing, which patient/ scopes need");
        }
        return new Caller(
                kind,
                required(claims, "azp"),
                required(claims, "sub"),
                required(claims, "jti"),
                organization(kind, claims),
                required(claims, "jurisdiction"),
                optional(claims, "person_jurisdiction").orElse(null),
                purpose(kind, required(claims, "purpose_of_use")),
                fhirUser(kind, claims, patientId),
                patientId,
                scopes,
                methods(claims));
    }

    /** Without the claim, by nothing that counts. */
    private static Set<String> methods(Map<String, Object> claims) {
        Object claim = claims.get("amr");
        if (claim == null) {
            return Set.of();
        }
        if (!(claim instanceof Collection<?> values) || !values.stream().allMatch(String.class::isInstance)) {
            throw new BadClaim("claim amr is not a list of texts");
        }
        return values.stream().map(String.class::cast).collect(Collectors.toSet());
    }

    private static CallerKind kind(String claim) {
        return CallerKind.ofClaim(claim).orElseThrow(() -> new BadClaim("claim caller_kind names no kind of caller"));
    }

    /** A client that asked for none has an empty claim: known, and open to nothing. */
    private Scopes scopes(Map<String, Object> claims) {
        return "".equals(claims.get("scope")) ? new Scopes(List.of()) : scopes.get(required(claims, "scope"));
    }

    private static Purpose purpose(CallerKind kind, String claim) {
        Purpose purpose = kind.purpose();
        if (!purpose.name().equals(claim)) {
            throw new BadClaim("claim purpose_of_use is not " + purpose + ", the purpose of a " + kind.claim());
        }
        return purpose;
    }

    private static @Nullable String organization(CallerKind kind, Map<String, Object> claims) {
        if (kind.actsAsPatient()) {
            if (optional(claims, "organization").isPresent()) {
                throw new BadClaim("claim organization does not fit a " + kind.claim());
            }
            return null;
        }
        return id(required(claims, "organization"), "organization");
    }

    private static @Nullable String patient(CallerKind kind, Map<String, Object> claims) {
        if (kind.actsAsPatient()) {
            return id(required(claims, "patient"), "patient");
        }
        Optional<String> patient = optional(claims, "patient");
        if (patient.isEmpty()) {
            return null;
        }
        if (kind != CallerKind.CLINICIAN) {
            throw new BadClaim("claim patient does not fit a " + kind.claim());
        }
        return id(patient.get(), "patient");
    }

    private static @Nullable String fhirUser(CallerKind kind, Map<String, Object> claims, @Nullable String patientId) {
        Optional<String> fhirUser = optional(claims, "fhirUser");
        if (fhirUser.isPresent() && !FHIR_USER.matcher(fhirUser.get()).matches()) {
            throw new BadClaim("claim fhirUser is neither Practitioner/… nor Patient/… nor RelatedPerson/…");
        }
        switch (kind) {
            case PATIENT -> {
                if (!fhirUser.equals(Optional.of("Patient/" + patientId))) {
                    throw new BadClaim("claim fhirUser is not the patient of the token");
                }
            }
            case REPRESENTATIVE -> {
                if (fhirUser.isEmpty() || !fhirUser.get().startsWith("RelatedPerson/")) {
                    throw new BadClaim("claim fhirUser names no RelatedPerson");
                }
            }
            case CLINICIAN -> {
                if (fhirUser.isEmpty() || !fhirUser.get().startsWith("Practitioner/")) {
                    throw new BadClaim("claim fhirUser names no Practitioner");
                }
            }
            default -> {
                // Systems have no person behind them; an auditor may have.
            }
        }
        return fhirUser.orElse(null);
    }

    private static String id(String value, String claim) {
        if (!FHIR_ID.matcher(value).matches()) {
            throw new BadClaim("claim " + claim + " is not the id of a resource");
        }
        return value;
    }

    private static String required(Map<String, Object> claims, String name) {
        return optional(claims, name).orElseThrow(() -> new BadClaim("claim " + name + " is missing"));
    }

    private static Optional<String> optional(Map<String, Object> claims, String name) {
        Object value = claims.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw new BadClaim("claim " + name + " is not a text");
        }
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }
}
