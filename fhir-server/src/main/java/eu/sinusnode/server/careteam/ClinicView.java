package eu.sinusnode.server.careteam;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.Code;
import eu.sinusnode.policy.consent.ConsentRequest;
import eu.sinusnode.policy.consent.ConsentRules;
import eu.sinusnode.policy.consent.ConsentedRecord;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.consent.Ruling;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What one clinic of a patient's care teams may have of the record for treatment, now, by the rules that decide on a read.
 * Nothing while the record is restricted.
 */
public final class ClinicView {

    private final String organization;
    private final List<Directive> directives;
    private final StoredRecords records;
    private final Instant at;

    private ClinicView(String organization, List<Directive> directives, StoredRecords records, Instant at) {
        this.organization = organization;
        this.directives = directives;
        this.records = records;
        this.at = at;
    }

    /** @param organization id of an Organization */
    public static ClinicView of(
            UUID patient, String organization, PermitDirectory permits, StoredRecords records, Instant at) {
        List<Directive> directives = permits.restrictedAmong(Set.of(patient.toString()))
                        .isEmpty()
                ? permits.directivesOfRelated(
                                Set.of(patient.toString()), organization, Relationship.CARE_TEAM, Purpose.TREAT, at)
                        .getOrDefault(patient.toString(), List.of())
                : List.of();
        return new ClinicView(organization, directives, records, at);
    }

    /** Its id. */
    public String organization() {
        return organization;
    }

    /**
     * Without a time: who permits some time only is asked for nothing that nobody could tell the time of.
     *
     * @param code of the resource; null for a type that Consents know no codes of
     */
    public boolean shows(Resource resource, @Nullable CodeableConcept code) {
        ConsentedRecord record = new ConsentedRecord(
                resource.fhirType(),
                resource.fhirType() + "/" + resource.getIdElement().getIdPart(),
                code == null ? Set.of() : codes(code.getCoding()),
                codes(resource.getMeta().getSecurity()),
                null);
        return ConsentRules.decide(
                        directives,
                        new ConsentRequest(Set.of("Organization/" + organization), Purpose.TREAT),
                        record,
                        at)
                .rule()
                .equals(Ruling.Rule.PERMITTED);
    }

    /** Whether a stored Observation is shown. */
    public boolean showsObservation(String id) {
        return records.current("Observation", id)
                .map(Observation.class::cast)
                .filter(observation -> shows(observation, observation.getCode()))
                .isPresent();
    }

    private static Set<Code> codes(List<Coding> codings) {
        return codings.stream()
                .filter(coding -> coding.hasSystem() && coding.hasCode())
                .map(coding -> new Code(coding.getSystem(), coding.getCode()))
                .collect(Collectors.toSet());
    }
}
