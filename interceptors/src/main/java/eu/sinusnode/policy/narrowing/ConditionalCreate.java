package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.util.UrlUtil;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.access.Decision;
import eu.sinusnode.policy.access.DenialCode;
import eu.sinusnode.policy.access.Sender;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * If-None-Exist, so that a repeated upload stores nothing twice, and no more than that: the condition has to be an
 * identifier of the resource itself, and it looks among the records of the resource's own patient only, of these among what
 * the sender has brought or may see. As an open search it would tell whether somebody else has such a record.
 */
public final class ConditionalCreate {

    private static final Pattern PATIENT = Pattern.compile("(?:https?://.+/)?Patient/[A-Za-z0-9\\-.]{1,64}");

    /** What came of a condition. */
    public sealed interface Outcome {
        /**
         * @param url among all records of the patient, e.g. {@code Observation?identifier=…&patient=…}
         * @param identifier the resource's own one that the condition names
         */
        record Narrowed(String url, Identifier identifier) implements Outcome {
            /** The URL's query. */
            public String query() {
                return url.substring(url.indexOf('?') + 1);
            }
        }

        record Refused(Decision.Deny deny) implements Outcome {}
    }

    /** @param condition the header's or the entry's value as the client sent it */
    public Outcome narrow(String condition, Resource resource) {
        String asked = decoded(query(condition, resource.fhirType()));
        Optional<Identifier> own = SentIdentifier.identifiers(resource).stream()
                .filter(Identifier::hasSystem)
                .filter(Identifier::hasValue)
                .filter(identifier -> asked.equals("identifier=" + token(identifier)))
                .filter(identifier -> !token(identifier).matches(".*[,$\\\\].*"))
                .findFirst();
        if (own.isEmpty()) {
            return refused("the condition must be identifier=system|value with an identifier of the resource itself");
        }
        String url = resource.fhirType() + "?identifier=" + UrlUtil.escapeUrlParam(token(own.get()));
        if (isDirectory(resource)) {
            return new Outcome.Narrowed(url, own.get());
        }
        Optional<OwnerParameters> parameters = OwnerParameters.of(resource.fhirType());
        List<String> owners = ownersOf(resource);
        if (owners.isEmpty() || parameters.isEmpty()) {
            return refused("a " + resource.fhirType() + " without a patient cannot be created conditionally");
        }
        String parameter = parameters.get().narrowing();
        return new Outcome.Narrowed(
                owners.stream()
                        .map(owner -> "&" + parameter + "=" + UrlUtil.escapeUrlParam(owner))
                        .collect(Collectors.joining("", url, "")),
                own.get());
    }

    /** Stands for a condition that nothing meets. The storage holds a new record itself against each condition it gets. */
    static String none(String resourceType) {
        return resourceType + "?";
    }

    /** Whether the condition is that one, and the storage must be given none. */
    public static boolean isNone(String url) {
        return url.endsWith("?");
    }

    /**
     * Whether the caller's condition looks among what anybody has brought: among what is nobody's, and, for loading, among
     * all. Any other looks among what its sender has brought or may see.
     */
    public static boolean looksAmongAll(Caller caller, Resource resource) {
        return Sender.of(caller).recognisesAll() || !(resource instanceof Patient) && isDirectory(resource);
    }

    /**
     * The condition as a search among the records of the resource's own patient; empty for a resource without one.
     *
     * @return a query, percent-encoded
     */
    Optional<String> ownPatientsRecords(String condition, Resource resource) {
        List<String> owners = ownersOf(resource).stream()
                .filter(reference -> reference.startsWith("Patient/"))
                .toList();
        return owners.isEmpty()
                ? Optional.empty()
                : OwnerParameters.of(resource.fhirType())
                        .map(OwnerParameters::narrowing)
                        .map(parameter -> owners.stream()
                                .map(owner -> "&" + parameter + "=" + UrlUtil.escapeUrlParam(owner))
                                .collect(Collectors.joining("", query(condition, resource.fhirType()), "")));
    }

    private static Outcome refused(String reason) {
        return new Outcome.Refused(new Decision.Deny(DenialCode.CONDITION, reason));
    }

    private static boolean isDirectory(Resource resource) {
        return resource instanceof Patient
                || OwnerRules.isDirectory(resource.fhirType())
                || resource instanceof Device device && !device.hasPatient();
    }

    /** Of an element that names others too, such as an Appointment's participants, the patient alone. */
    private static List<String> ownersOf(Resource resource) {
        List<String> named = RecordOwners.ownerReferences(resource).stream()
                .map(Reference::getReference)
                .filter(Objects::nonNull)
                .toList();
        return OwnerRules.namesOthersToo(resource.fhirType())
                ? named.stream().filter(name -> PATIENT.matcher(name).matches()).toList()
                : named;
    }

    private static String query(String condition, String resourceType) {
        String query =
                condition.startsWith(resourceType + "?") ? condition.substring(resourceType.length()) : condition;
        return query.startsWith("?") ? query.substring(1) : query;
    }

    private static String decoded(String query) {
        if (!query.contains("%")) {
            return query;
        }
        try {
            return URLDecoder.decode(query, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return query;
        }
    }

    private static String token(Identifier identifier) {
        return identifier.getSystem() + "|" + identifier.getValue();
    }
}
