package eu.sinusnode.policy.narrowing;

import ca.uhn.fhir.model.api.annotation.ResourceDef;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Account;
import org.hl7.fhir.r4.model.ActivityDefinition;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Goal;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.NutritionOrder;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Task;

/** Whose a record is, by its type: one line a type. What has no line here is nobody's to see. */
final class OwnerRules {

    private static final OwnerRule DIRECTORY = new OwnerRule.Nobody();

    private static final Map<String, OwnerRule> BY_TYPE = new OwnerRules()
            .put(Patient.class, new OwnerRule.Itself())
            // What a patient's record is made of
            .one(AllergyIntolerance.class, "patient", AllergyIntolerance::getPatient)
            .one(Binary.class, "securityContext", Binary::getSecurityContext)
            .one(CarePlan.class, "subject", CarePlan::getSubject)
            .one(CareTeam.class, "subject", CareTeam::getSubject)
            .one(Communication.class, "subject", Communication::getSubject)
            .one(CommunicationRequest.class, "subject", CommunicationRequest::getSubject)
            .one(Condition.class, "subject", Condition::getSubject)
            .one(Consent.class, "patient", Consent::getPatient)
            .one(Coverage.class, "beneficiary", Coverage::getBeneficiary)
            .one(DiagnosticReport.class, "subject", DiagnosticReport::getSubject)
            .one(DocumentReference.class, "subject", DocumentReference::getSubject)
            .one(Encounter.class, "subject", Encounter::getSubject)
            .one(Goal.class, "subject", Goal::getSubject)
            .one(Immunization.class, "patient", Immunization::getPatient)
            .one(ListResource.class, "subject", ListResource::getSubject)
            .one(MedicationAdministration.class, "subject", MedicationAdministration::getSubject)
            .one(MedicationRequest.class, "subject", MedicationRequest::getSubject)
            .one(MedicationStatement.class, "subject", MedicationStatement::getSubject)
            .one(NutritionOrder.class, "patient", NutritionOrder::getPatient)
            .one(Observation.class, "subject", Observation::getSubject)
            .one(Procedure.class, "subject", Procedure::getSubject)
            .one(QuestionnaireResponse.class, "subject", QuestionnaireResponse::getSubject)
            .one(RelatedPerson.class, "patient", RelatedPerson::getPatient)
            .one(RiskAssessment.class, "subject", RiskAssessment::getSubject)
            .one(ServiceRequest.class, "subject", ServiceRequest::getSubject)
            .one(Task.class, "for", Task::getFor)
            .put(Bundle.class, new OwnerRule.OfDocument())
            // Beside the patient, they name others
            .among(Account.class, "subject", Account::getSubject)
            .among(Appointment.class, "participant.actor", OwnerRules::actors)
            .put(Provenance.class, new OwnerRule.OfTargets("target", targetsOf()))
            // The directory
            .put(Device.class, new OwnerRule.OnePatientOrNobody("patient", of(Device.class, Device::getPatient)))
            .put(
                    Group.class,
                    new OwnerRule.OneOrganization("managingEntity", of(Group.class, Group::getManagingEntity)))
            .put(ActivityDefinition.class, DIRECTORY)
            .put(AuditEvent.class, DIRECTORY)
            .put(HealthcareService.class, DIRECTORY)
            .put(Location.class, DIRECTORY)
            .put(MeasureReport.class, DIRECTORY)
            .put(Medication.class, DIRECTORY)
            .put(Organization.class, DIRECTORY)
            .put(PlanDefinition.class, DIRECTORY)
            .put(Practitioner.class, DIRECTORY)
            .put(PractitionerRole.class, DIRECTORY)
            .put(Questionnaire.class, DIRECTORY)
            .put(Schedule.class, DIRECTORY)
            .put(Slot.class, DIRECTORY)
            .put(Subscription.class, DIRECTORY)
            .rules();

    private final Map<String, OwnerRule> rules = new TreeMap<>();

    private OwnerRules() {}

    /** Empty for a type that is not open. */
    static Optional<OwnerRule> of(String resourceType) {
        return Optional.ofNullable(BY_TYPE.get(resourceType));
    }

    /** Every type that has a rule. */
    static Set<String> types() {
        return BY_TYPE.keySet();
    }

    /** Types none of whose records is a patient's. */
    static boolean isDirectory(String resourceType) {
        return BY_TYPE.get(resourceType) instanceof OwnerRule.Nobody;
    }

    /** Types whose element for the patient names others too. */
    static boolean namesOthersToo(String resourceType) {
        return BY_TYPE.get(resourceType) instanceof OwnerRule.OnePatientAmong;
    }

    // Filling

    private OwnerRules put(Class<? extends Resource> type, OwnerRule rule) {
        rules.put(Objects.requireNonNull(type.getAnnotation(ResourceDef.class)).name(), rule);
        return this;
    }

    private <T extends Resource> OwnerRules one(Class<T> type, String element, Function<T, Reference> reference) {
        return put(type, new OwnerRule.OnePatient(element, of(type, reference)));
    }

    private <T extends Resource> OwnerRules among(Class<T> type, String element, Function<T, List<Reference>> named) {
        return put(type, new OwnerRule.OnePatientAmong(element, of(type, named)));
    }

    private Map<String, OwnerRule> rules() {
        return Collections.unmodifiableMap(rules);
    }

    private static <T extends Resource, R> Function<Resource, R> of(Class<T> type, Function<T, R> element) {
        return resource -> element.apply(type.cast(resource));
    }

    private static Function<Resource, List<Reference>> targetsOf() {
        return of(Provenance.class, Provenance::getTarget);
    }

    private static List<Reference> actors(Appointment appointment) {
        return appointment.getParticipant().stream()
                .map(Appointment.AppointmentParticipantComponent::getActor)
                .toList();
    }
}
