package eu.sinusnode.server.export;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import eu.sinusnode.server.projection.ResourceIds;
import eu.sinusnode.server.rest.GivenParameters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * {@code patient} of a kick-off: of the patients whom the caller may have, only these. Whether somebody is one of them is
 * no question of form, and is not asked here.
 */
final class OrderedPatients {

    static final String PARAMETER = "patient";

    /** Each stands in the audit of the kick-off. */
    static final int MOST = 10_000;

    private static final Pattern REFERENCE = Pattern.compile("Patient/([A-Za-z0-9\\-.]{1,64})");

    private OrderedPatients() {}

    /** How a value of the body stands among the others. */
    static Optional<String> reference(Type value) {
        return value instanceof Reference reference ? Optional.ofNullable(reference.getReference()) : Optional.empty();
    }

    /**
     * Ids that a Patient of this server can have; null when none are named at all.
     *
     * @throws ca.uhn.fhir.rest.server.exceptions.InvalidRequestException for what is no reference to a Patient here, on
     *     the level of the system, and in an address, which is kept in more places than a body
     */
    static @Nullable Set<String> of(GivenParameters parameters, RequestDetails request) {
        List<String> given = parameters.all(PARAMETER);
        if (given.isEmpty()) {
            return null;
        }
        if (request.getResourceName() == null || request.getParameters().containsKey(PARAMETER)) {
            throw ExportProblems.malformed(
                    "patient stands in the Parameters that are posted to /Patient/$export or /Group/[id]/$export.");
        }
        if (given.size() > MOST) {
            throw ExportProblems.malformed("An export names 10,000 patients at most.");
        }
        return of(given, request.getFhirServerBase());
    }

    /** @param base FHIR base URL of this server */
    static Set<String> of(List<String> references, String base) {
        Set<String> patients = new TreeSet<>();
        for (String reference : references) {
            Matcher patient = REFERENCE.matcher(
                    reference.startsWith(base + "/") ? reference.substring(base.length() + 1) : reference);
            if (!patient.matches()) {
                throw ExportProblems.malformed("patient is a reference to a Patient of this server, as Patient/[id].");
            }
            ResourceIds.parse(patient.group(1)).map(UUID::toString).ifPresent(patients::add);
        }
        return patients;
    }
}
