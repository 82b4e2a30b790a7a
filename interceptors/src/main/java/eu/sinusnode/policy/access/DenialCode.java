package eu.sinusnode.policy.access;

/**
 * Every refusal that the server can express. Codes are stable; the generated page {@code docs/error-codes.md} lists them.
 */
public enum DenialCode {
    TOKEN_MISSING(
            "SN-TOKEN-001",
            401,
            "No access token was sent.",
            "Get a token from the authorization server that /.well-known/smart-configuration names and send it as 'Authorization: Bearer …'."),
    TOKEN_INVALID(
            "SN-TOKEN-002",
            401,
            "The access token is not valid here.",
            "Get a new token; check issuer, audience and expiry."),
    TOKEN_INCOMPLETE(
            "SN-TOKEN-003",
            403,
            "The token lacks a claim that identifies the caller.",
            "Ask the operator to complete the client's or the person's registration."),
    TOKEN_ENDED(
            "SN-TOKEN-004",
            401,
            "The token's session has ended, or its client or person is blocked.",
            "Log in again; if that fails, ask the operator."),
    TOKEN_BINDING(
            "SN-TOKEN-005",
            401,
            "The token is bound to a client certificate that did not come with the request.",
            "Send the request over HTTPS with the certificate that the token was issued to."),
    RESIDENCY(
            "SN-RESIDENCY-001",
            403,
            "The caller is registered outside the permitted residency tier.",
            "Data may go to recipients inside the tier only; /.well-known/residency-attestation tells which applies."),
    RESIDENCY_UNKNOWN(
            "SN-RESIDENCY-002",
            403,
            "It is not known in which country the caller is.",
            "Ask the operator to state the country in the client's registration, the person's account and the Organization's address: one country, as an ISO 3166-1 code."),
    RESIDENCY_ENDPOINT(
            "SN-RESIDENCY-003",
            403,
            "The endpoint's host is not registered for this purpose inside the residency tier.",
            "Ask the operator to register the host; docs/residency.md tells how."),
    CALLER_INACTIVE(
            "SN-CALLER-001",
            403,
            "The caller's Practitioner or Organization is not active.",
            "Ask the operator; it counts from the moment in which the record is set active."),
    SCOPE(
            "SN-SCOPE-001",
            403,
            "No scope of the token covers this interaction.",
            "Request a token with the scope that the diagnostics name."),
    INTERACTION(
            "SN-INTERACTION-001",
            403,
            "This kind of caller may not use this interaction on this resource type.",
            "See the security section of /metadata for what is open."),
    RESOURCE_TYPE(
            "SN-TYPE-001",
            404,
            "This server does not have resources of this type.",
            "See /metadata for the resource types that are open."),
    OPERATION(
            "SN-OPERATION-001",
            403,
            "This operation is not open to the caller.",
            "See /metadata for the operations that are open."),
    SEARCH_PARAMETER(
            "SN-SEARCH-001",
            403,
            "This search parameter or modifier is not open to the caller.",
            "Use the parameters and includes that /metadata lists; docs/search.md tells which modifiers are open."),
    SEARCH_TOO_WIDE(
            "SN-SEARCH-002",
            403,
            "The search, or a condition of it, covers more than one search may.",
            "Name the patients with the parameter patient, or narrow the condition that the diagnostics name."),
    RELATIONSHIP(
            "SN-RELATIONSHIP-001",
            404,
            "The caller's organization has no care team or membership link to the patient.",
            "Nothing is disclosed; the patient's clinic or insurer registers the link."),
    OUTSIDE_SCOPE(
            "SN-SCOPE-002",
            404,
            "The record lies outside what the token's scopes are limited to.",
            "Request a token whose scopes reach the record; a launch reaches its own patient."),
    SEARCH_LIMITS(
            "SN-SEARCH-003",
            403,
            "The token's scopes are limited by different parameters, which one search cannot follow.",
            "Search by one of the filters of the scopes, for example category=…, and once more by the other."),
    COMPARTMENT(
            "SN-COMPARTMENT-001",
            404,
            "The record lies outside the patient compartment of the token.",
            "A patient's token reaches that patient's own record."),
    CONSENT(
            "SN-CONSENT-001",
            404,
            "No active consent of the patient permits this caller and purpose.",
            "The patient can grant it; nothing is disclosed until then."),
    UNSIGNED(
            "SN-SIGNATURE-001",
            404,
            "The risk flag has not been signed by a clinician yet.",
            "It becomes visible once it is signed."),
    IDENTIFIER_CHOICE(
            "SN-ID-001",
            404,
            "Only the administrator's loader may choose a resource id.",
            "POST the resource; the server assigns the id."),
    CONTENT(
            "SN-CONTENT-001",
            403,
            "This kind of caller may not write this content.",
            "Send what the caller's own role may state; the diagnostics name the rule."),
    SIGNED(
            "SN-CONTENT-002",
            403,
            "A clinician has signed the record, or it is the signature; it is not deleted.",
            "Mark it by its status: a plan is revoked, a goal cancelled, a finding entered-in-error. $erase removes a whole person."),
    HEADER(
            "SN-HEADER-001",
            403,
            "A request header asks for something that is not open.",
            "Leave the header out that the diagnostics name."),
    CONDITION(
            "SN-CONDITION-001",
            403,
            "This conditional request is not open.",
            "A create takes If-None-Exist: identifier=system|value with an identifier of the resource itself; an update, patch or delete takes an id in the path, or a condition in the query."),
    BUNDLE(
            "SN-BUNDLE-001",
            403,
            "The Bundle has an entry or a form that is not open.",
            "Send a transaction of writes, where the fullUrl of a new record is a urn:uuid, or a batch of requests with URLs below this server's base."),
    IDENTIFIER_FORM(
            "SN-ID-002",
            422,
            "A resource id is not a UUID in small letters.",
            "Let the server assign the id, or choose a UUID."),
    REFERENCE(
            "SN-REFERENCE-001",
            422,
            "A reference names a record that is not known.",
            "Send the referenced record first, or correct the reference."),
    ONE_PATIENT(
            "SN-REFERENCE-002",
            422,
            "The record names more than one patient as the one whose it is.",
            "A record is one patient's; send one for each of them."),
    PATIENT_LINK(
            "SN-LINK-001",
            422,
            "A link between Patients is not one that may be written.",
            "Correct what the diagnostics name; docs/merging.md lists which links may be written."),
    REPLACED(
            "SN-LINK-002",
            422,
            "The patient's record was merged into another one and takes nothing new.",
            "Send it for the patient whom the link replaced-by of the Patient names."),
    MERGE_PATIENTS(
            "SN-MERGE-002",
            422,
            "The two Patients are not ones that can be merged.",
            "Correct what the diagnostics name; docs/merging.md tells what is needed."),
    MERGE_RECORDS(
            "SN-MERGE-003",
            422,
            "The patient has records that cannot be given to another one.",
            "Settle the others first, docs/merging.md tells which records move; or link the two Patients and merge nothing."),
    MERGE_ACCESS(
            "SN-MERGE-004",
            422,
            "By the merge somebody would see more of the patient's records than before.",
            "Let the patient permit the same for both, or end the access that one of them gives alone, and merge then."),
    LEGAL_HOLD(
            "SN-ERASURE-002",
            422,
            "A legal hold keeps the patient's record.",
            "Erase it when the hold has ended; it is lifted with Patient/[id]/$legal-hold once its ground has fallen away."),
    RESTRICTION_NOTICE(
            "SN-RESTRICTION-001",
            422,
            "A restriction is lifted only when the patient was told some days before.",
            "Tell the patient with Patient/[id]/$restrict and announced, and lift it 72 hours later."),
    RESTRICTED_MERGE(
            "SN-RESTRICTION-002",
            422,
            "The record of one of the two Patients is restricted.",
            "Merge when the restriction has been lifted."),
    RESTRICTED(
            "SN-RESTRICTION-003",
            404,
            "The patient's record is restricted: it is kept, and nothing else.",
            "Nothing is disclosed until the restriction has been lifted."),
    CONSENT_WRITE(
            "SN-CONSENT-002",
            422,
            "The Consent has a part that SinusNode cannot enforce.",
            "Express it with the elements of the sinusnode-consent profile."),
    CONSENT_RECORDED(
            "SN-CONSENT-004",
            422,
            "What is recorded is no Consent that was signed on paper, or permits more than a recorder may.",
            "Send the signed document with its hash, who signed when, and how a permit was verified; docs/consent.md tells all."),
    PROFILE(
            "SN-PROFILE-001",
            422,
            "The resource does not conform to the profile that its type and code demand.",
            "Correct the elements that the issues name."),
    SUBSCRIPTION(
            "SN-SUBSCRIPTION-001",
            422,
            "The Subscription asks for something that is not served.",
            "Correct the element that the issue names; docs/subscriptions.md lists what is served."),
    SUBSCRIPTION_MANY(
            "SN-SUBSCRIPTION-002",
            403,
            "The client has as many Subscriptions as one may have.",
            "Delete one that is not needed any more."),
    BREAK_GLASS_FACTOR(
            "SN-BREAKGLASS-001",
            403,
            "The token does not say that the person showed a second factor in the last minutes.",
            "Log in again with the second factor (OpenID Connect: prompt=login) and send the token that this gives."),
    BREAK_GLASS_MANY(
            "SN-BREAKGLASS-002",
            403,
            "The person has opened as many patients as one may have open at once.",
            "Wait until the time of the first one is over; closing it early does not help."),
    GATE("SN-GATE-001", 404, "The disclosure gate withheld the record.", "Nothing is disclosed.");

    private final String code;
    private final int status;
    private final String meaning;
    private final String remedy;

    DenialCode(String code, int status, String meaning, String remedy) {
        this.code = code;
        this.status = status;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public String code() {
        return code;
    }

    /** HTTP status; codes that hide existence answer exactly like an id that does not exist and never show their own text. */
    public int status() {
        return status;
    }

    public String meaning() {
        return meaning;
    }

    public String remedy() {
        return remedy;
    }

    /** Whether the answer must not differ from the one for an instance that does not exist. */
    public boolean hidesExistence() {
        return status == 404 && this != RESOURCE_TYPE;
    }
}
