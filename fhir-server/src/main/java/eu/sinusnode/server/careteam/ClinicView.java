package eu.sinusnode.server.careteam;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.policy.access.Relationship;
import eu.sinusnode.policy.access.StoredRecords;
import eu.sinusnode.policy.consent.ConsentRequest;
import eu.sinusnode.policy.consent.ConsentRules;
import eu.sinusnode.policy.consent.Directive;
import eu.sinusnode.policy.consent.PermitDirectory;
import eu.sinusnode.policy.narrowing.RecordFactsReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;

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

    /** @param resource of the patient, stored or about to be */
    public boolean shows(Resource resource) {
        return ConsentRules.decide(
                        directives,
                        new ConsentRequest(Set.of("Organization/" + organization), Purpose.TREAT),
                        RecordFactsReader.consented(resource),
                        at)
                .isPermitted();
    }

    /** Whether a stored Observation is shown. */
    public boolean showsObservation(String id) {
        return records.current("Observation", id).filter(this::shows).isPresent();
    }
}
