package eu.sinusnode.policy.audit;

import eu.sinusnode.profiles.Codes;
import org.hl7.fhir.r4.model.Coding;

/** The codes of AuditEvents. BALP's patterns hold the displays too, so they are part of the code here. */
final class AuditCodes {

    static final String RESTFUL_INTERACTIONS = "http://hl7.org/fhir/restful-interaction";
    static final String BALP = "https://profiles.ihe.net/ITI/BALP/";
    static final String LIFECYCLES = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle";

    private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String EVENT_TYPES = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    private static final String ENTITY_TYPES = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String ENTITY_ROLES = "http://terminology.hl7.org/CodeSystem/object-role";

    private AuditCodes() {}

    // AuditEvent.type

    static Coding rest() {
        return new Coding(EVENT_TYPES, "rest", "Restful Operation");
    }

    static Coding export() {
        return new Coding(DICOM, "110106", "Export");
    }

    /** DICOM's word for data that come in from a file. */
    static Coding intake() {
        return new Coding(DICOM, "110107", "Import");
    }

    static Coding userAuthentication() {
        return new Coding(DICOM, "110114", "User Authentication");
    }

    static Coding applicationActivity() {
        return new Coding(DICOM, "110100", "Application Activity");
    }

    // AuditEvent.subtype

    static Coding interaction(String code) {
        return new Coding(RESTFUL_INTERACTIONS, code, code);
    }

    static Coding disclose() {
        return new Coding(LIFECYCLES, "disclose", null);
    }

    static Coding login() {
        return new Coding(DICOM, "110122", "Login");
    }

    static Coding logout() {
        return new Coding(DICOM, "110123", "Logout");
    }

    static Coding accessToken() {
        return new Coding("urn:ihe:event-type-code", "ITI-71", "Get Access Token");
    }

    /** What DICOM tells of changes to what a system does. */
    static Coding securityAlert() {
        return new Coding(DICOM, "110113", "Security Alert");
    }

    static Coding softwareConfiguration() {
        return new Coding(DICOM, "110131", "Software Configuration");
    }

    static Coding applicationStart() {
        return new Coding(DICOM, "110120", "Application Start");
    }

    static Coding applicationStop() {
        return new Coding(DICOM, "110121", "Application Stop");
    }

    /** Whether a decision was made on the caller's role alone or with the patient's consent. */
    static Coding authorizationDecision(boolean withConsent) {
        return withConsent
                ? new Coding(
                        BALP + "CodeSystem/AuthZsubType",
                        "AuthZ-Consent",
                        "Authorization Decision using Roles and Consent")
                : new Coding(BALP + "CodeSystem/AuthZsubType", "AuthZ-Role", "Authorization Decision using only Roles");
    }

    // AuditEvent.agent.type

    static Coding source() {
        return new Coding(DICOM, "110153", "Source Role ID");
    }

    static Coding destination() {
        return new Coding(DICOM, "110152", "Destination Role ID");
    }

    static Coding application() {
        return new Coding(DICOM, "110150", "Application");
    }

    static Coding custodian() {
        return new Coding(
                "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "custodian", "Custodian");
    }

    static Coding authorizationService() {
        return new Coding(BALP + "CodeSystem/UserAgentTypes", "AuthzOauthService", null);
    }

    static Coding recipient() {
        return new Coding(Codes.PARTICIPATION_TYPE, "IRCP", "information recipient");
    }

    static Coding author() {
        return new Coding(Codes.PARTICIPATION_TYPE, "AUT", "author (originator)");
    }

    // AuditEvent.entity.type and .role

    static Coding requestIdEntity() {
        return new Coding(BALP + "CodeSystem/BasicAuditEntityType", "XrequestId", null);
    }

    static Coding systemObject() {
        return new Coding(ENTITY_TYPES, "2", "System Object");
    }

    static Coding person() {
        return new Coding(ENTITY_TYPES, "1", "Person");
    }

    static Coding resourceType(String type) {
        return new Coding(Codes.RESOURCE_TYPES, type, null);
    }

    static Coding patientRole() {
        return new Coding(ENTITY_ROLES, "1", "Patient");
    }

    static Coding domainResource() {
        return new Coding(ENTITY_ROLES, "4", "Domain Resource");
    }

    static Coding query() {
        return new Coding(ENTITY_ROLES, "24", "Query");
    }

    static Coding job() {
        return new Coding(ENTITY_ROLES, "20", "Job");
    }
}
