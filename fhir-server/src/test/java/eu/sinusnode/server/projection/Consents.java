package eu.sinusnode.server.projection;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.http.SignedPaper;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Consents and links to start a test from. */
public final class Consents {

    private Consents() {}

    /** An active Consent in version 1, with a signed document of its own, that denies everything. */
    public static Consent denying(String patient) {
        Consent consent = new Consent();
        consent.setId("Consent/" + OwnTables.newId() + "/_history/1");
        consent.setStatus(ConsentState.ACTIVE);
        consent.setScope(new CodeableConcept(
                new Coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", null)));
        consent.setPatient(new Reference("Patient/" + patient));
        consent.setSource(SignedPaper.document());
        consent.getProvision().setType(ConsentProvisionType.DENY);
        return consent;
    }

    /** With one provision more; the provision is given back to be narrowed. */
    public static ProvisionComponent permit(Consent consent, String organization, Purpose purpose) {
        ProvisionComponent provision = consent.getProvision().addProvision();
        provision.setType(ConsentProvisionType.PERMIT);
        provision
                .addActor()
                .setRole(new CodeableConcept(new Coding(Codes.PARTICIPATION_TYPE, "IRCP", null)))
                .setReference(new Reference("Organization/" + organization));
        provision.addPurpose(new Coding(Codes.ACT_REASON, purpose.name(), null));
        return provision;
    }

    /** An active Consent that permits an organization everything for a purpose. */
    public static Consent permitting(String patient, String organization, Purpose purpose) {
        Consent consent = denying(patient);
        permit(consent, organization, purpose);
        return consent;
    }

    public static CareTeam careTeam(String patient, String organization, @Nullable Period period) {
        CareTeam team = new CareTeam();
        team.setId("CareTeam/" + OwnTables.newId() + "/_history/1");
        team.setStatus(CareTeam.CareTeamStatus.ACTIVE);
        team.setSubject(new Reference("Patient/" + patient));
        team.addParticipant().setMember(new Reference("Organization/" + organization));
        team.setPeriod(period);
        return team;
    }

    public static Coverage coverage(String patient, String organization, @Nullable Period period) {
        Coverage coverage = new Coverage();
        coverage.setId("Coverage/" + OwnTables.newId() + "/_history/1");
        coverage.setStatus(Coverage.CoverageStatus.ACTIVE);
        coverage.setBeneficiary(new Reference("Patient/" + patient));
        coverage.addPayor(new Reference("Organization/" + organization));
        coverage.setPeriod(period);
        return coverage;
    }

    public static Period period(@Nullable String start, @Nullable String end) {
        Period period = new Period();
        if (start != null) {
            period.setStartElement(new DateTimeType(start));
        }
        if (end != null) {
            period.setEndElement(new DateTimeType(end));
        }
        return period;
    }
}
