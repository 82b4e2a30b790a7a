package eu.sinusnode.server.attack;

import eu.sinusnode.policy.access.Purpose;
import eu.sinusnode.profiles.Canonicals;
import eu.sinusnode.profiles.Codes;
import eu.sinusnode.server.projection.Consents;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentDataMeaning;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;

/** What the hidden patients have permitted to whom, and what they have denied. */
final class HiddenConsents {

    private HiddenConsents() {}

    /** What each of the organizations may have and may not, by one rule each. */
    static Consent of(Secret secret) {
        String patient = HiddenPatients.id(secret, "patient");
        Consent consent = newConsent(patient, HiddenPatients.CARING);
        Consents.permit(consent, HiddenPatients.CARING, Purpose.TREAT);
        Consents.permit(consent, HiddenPatients.SCORING, Purpose.CAREMGT);
        Consents.permit(consent, HiddenPatients.EXPIRED, Purpose.TREAT);
        Consents.permit(consent, HiddenPatients.UNLINKED, Purpose.TREAT);
        Consents.permit(consent, HiddenPatients.LAPSED_INSURER, Purpose.HPAYMT);
        ProvisionComponent oneCode = Consents.permit(consent, HiddenPatients.INSURER_OF_ONE_CODE, Purpose.HPAYMT);
        oneCode.addClass_().setSystem(Codes.RESOURCE_TYPES).setCode("Observation");
        oneCode.addCode(HiddenPatients.concept(Codes.LOINC, Codes.HEART_RATE));
        Consents.permit(consent, HiddenPatients.INSURER_OF_ONE_TIME, Purpose.HPAYMT)
                .setDataPeriod(Consents.period("2019-01-01", "2019-12-31"));
        Consents.permit(consent, HiddenPatients.CLINIC_OF_ANOTHER_PURPOSE, Purpose.CAREMGT);
        Consents.permit(consent, HiddenPatients.CLINIC_OF_A_DENIED_PERSON, Purpose.TREAT)
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addActor()
                .setRole(HiddenPatients.concept(Codes.PARTICIPATION_TYPE, "IRCP"))
                .setReference(new Reference("Practitioner/" + HiddenPatients.DENIED_PERSON));
        ProvisionComponent ofTeam = Consents.permit(consent, HiddenPatients.CLINIC_OF_A_TEAM, Purpose.TREAT);
        ofTeam.getActorFirstRep()
                .setReference(new Reference("CareTeam/" + HiddenPatients.id(secret, "team-of-one-code")));
        ofTeam.addClass_().setSystem(Codes.RESOURCE_TYPES).setCode("Observation");
        ofTeam.addCode(HiddenPatients.concept(Codes.LOINC, Codes.HEART_RATE));
        ProvisionComponent normal = Consents.permit(consent, HiddenPatients.INSURER_OF_WHAT_IS_NORMAL, Purpose.HPAYMT);
        normal.addClass_().setSystem(Codes.RESOURCE_TYPES).setCode("Observation");
        normal.addSecurityLabel(new Coding(HiddenPatients.CONFIDENTIALITY, "N", null));
        ProvisionComponent unlabelled =
                Consents.permit(consent, HiddenPatients.INSURER_WITHOUT_A_LABEL, Purpose.HPAYMT);
        unlabelled.addClass_().setSystem(Codes.RESOURCE_TYPES).setCode("Observation");
        unlabelled
                .addProvision()
                .setType(ConsentProvisionType.DENY)
                .addSecurityLabel(new Coding(HiddenPatients.CONFIDENTIALITY, "R", null));
        authoredBy(
                Consents.permit(consent, HiddenPatients.INSURER_OF_AN_AUTHOR, Purpose.HPAYMT), HiddenPatients.EXPIRED);
        ProvisionComponent withoutAuthor =
                Consents.permit(consent, HiddenPatients.INSURER_WITHOUT_AN_AUTHOR, Purpose.HPAYMT);
        denyAllButObservations(withoutAuthor);
        authoredBy(withoutAuthor.addProvision().setType(ConsentProvisionType.DENY), HiddenPatients.CARING);
        belongingTo(
                Consents.permit(consent, HiddenPatients.INSURER_OF_A_STAY, Purpose.HPAYMT),
                secret,
                HiddenPatients.OPEN_STAY);
        ProvisionComponent withoutStay =
                Consents.permit(consent, HiddenPatients.INSURER_WITHOUT_A_STAY, Purpose.HPAYMT);
        denyAllButObservations(withoutStay);
        belongingTo(withoutStay.addProvision().setType(ConsentProvisionType.DENY), secret, HiddenPatients.DENIED_STAY);
        ProvisionComponent excepted = Consents.permit(consent, HiddenPatients.INSURER_WITH_EXCEPTIONS, Purpose.HPAYMT);
        denyAllButObservations(excepted);
        ProvisionComponent codes = excepted.addProvision().setType(ConsentProvisionType.DENY);
        codes.addClass_().setSystem(Codes.RESOURCE_TYPES).setCode("Observation");
        codes.addCode(HiddenPatients.concept(Codes.LOINC, Codes.BLOOD_PRESSURE_PANEL));
        codes.addCode(HiddenPatients.concept(Canonicals.OBSERVATION_CODES, Codes.SUSPECTED_ATRIAL_FIBRILLATION));
        return consent;
    }

    /** Each of these Observations is denied by its id; they have to be stored. */
    static Consent withoutRecords(Secret secret, List<String> denied) {
        Consent consent = newConsent(HiddenPatients.id(secret, "patient"), HiddenPatients.INSURER_WITHOUT_RECORDS);
        consent.setId(HiddenPatients.id(secret, "consent-without-records"));
        ProvisionComponent permit = Consents.permit(consent, HiddenPatients.INSURER_WITHOUT_RECORDS, Purpose.HPAYMT);
        denyAllButObservations(permit);
        if (!denied.isEmpty()) {
            ProvisionComponent records = permit.addProvision().setType(ConsentProvisionType.DENY);
            denied.forEach(id -> records.addData()
                    .setMeaning(ConsentDataMeaning.INSTANCE)
                    .setReference(new Reference("Observation/" + id)));
        }
        return consent;
    }

    private static void authoredBy(ProvisionComponent provision, String organization) {
        provision
                .addData()
                .setMeaning(ConsentDataMeaning.AUTHOREDBY)
                .setReference(new Reference("Organization/" + organization));
    }

    private static void belongingTo(ProvisionComponent provision, Secret secret, String stay) {
        provision
                .addData()
                .setMeaning(ConsentDataMeaning.RELATED)
                .setReference(new Reference("Encounter/" + HiddenPatients.id(secret, stay)));
    }

    private static void denyAllButObservations(ProvisionComponent permit) {
        ProvisionComponent types = permit.addProvision().setType(ConsentProvisionType.DENY);
        Stream.concat(HiddenPatients.PLACEHOLDERS.keySet().stream(), FurtherRecords.TYPES.stream())
                .filter(type -> !type.equals("Observation"))
                .distinct()
                .sorted()
                .forEach(type ->
                        types.addClass_().setSystem(Codes.RESOURCE_TYPES).setCode(type));
    }

    /** Permits nothing yet. */
    static Consent newConsent(String patient, String organization) {
        Consent consent = Consents.denying(patient);
        consent.addCategory(HiddenPatients.concept(Codes.LOINC, "59284-0"));
        consent.setDateTimeElement(new DateTimeType("2026-01-05T09:00:00+01:00"));
        consent.addPerformer(new Reference("Patient/" + patient));
        consent.addOrganization(new Reference("Organization/" + organization));
        consent.addPolicy().setUri("https://sinusnode.eu/policy/consent/1");
        return consent;
    }
}
