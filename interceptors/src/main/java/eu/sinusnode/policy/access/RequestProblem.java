package eu.sinusnode.policy.access;

/** Answers that concern the request itself or the server, not the caller's rights; codes are stable. */
public enum RequestProblem {
    BODY_TOO_LARGE(
            "SN-REQUEST-001",
            413,
            "The body is larger than this server takes.",
            "Send it in several smaller transactions."),
    BODY_PACKED(
            "SN-REQUEST-002",
            415,
            "A packed body (Content-Encoding) is not taken.",
            "Send the body as it is, without Content-Encoding."),
    BODY_UNREADABLE(
            "SN-REQUEST-003",
            400,
            "The body is no FHIR resource that can be read.",
            "Send one well-formed FHIR R4 resource as JSON or XML."),
    BODY_FORM(
            "SN-FORM-001",
            400,
            "The body has something that FHIR R4 does not have in this place, and that would be lost.",
            "Correct or leave out the element that the issue names."),
    LAUNCH_MALFORMED(
            "SN-REQUEST-004",
            400,
            "The body is no launch request.",
            "Send {\"patient\": \"<id>\", \"client_id\": \"<app>\"} as application/json, and nothing else."),
    TOO_MANY_REQUESTS(
            "SN-REQUEST-005",
            429,
            "More requests came than the limit for one client, one person or one address allows.",
            "Wait for the seconds that Retry-After names, and send fewer at once."),
    REQUEST_MALFORMED(
            "SN-REQUEST-006",
            400,
            "The request is not what this server takes.",
            "Check the request line, the method, and the number and size of the headers."),
    ORIGIN_NOT_LISTED(
            "SN-REQUEST-007",
            403,
            "A page of this origin may not call this server, or not with this method or these headers.",
            "Ask the operator to list the app's origin in sinusnode.cors.origins; send the methods and headers that a preflight allows."),
    PATH_UNKNOWN(
            "SN-REQUEST-008",
            404,
            "Nothing lies at this path.",
            "The FHIR base is /fhir; see /fhir/metadata for what lies below it."),
    BATCH_ANSWER_TOO_LARGE(
            "SN-REQUEST-009",
            413,
            "The answers of the batch are larger than this server holds at once.",
            "Ask for this entry again, and for less in one batch."),
    LOGOUT_TOKEN(
            "SN-REQUEST-010",
            400,
            "The logout token is not valid here.",
            "Send, once, a logout token of this server's issuer (OpenID Connect Back-Channel Logout 1.0)."),
    BODY_TOO_SLOW(
            "SN-REQUEST-011",
            408,
            "The body came too slowly.",
            "Send it again over a faster connection, or in several smaller requests."),
    VALUE_MALFORMED(
            "SN-SEARCH-004",
            400,
            "A search compares with a value that cannot be read.",
            "Write for example gt140, gt140||mm[Hg] or http://loinc.org|8480-6$gt140; docs/search.md shows the forms."),
    WORDS_MALFORMED(
            "SN-TEXT-001",
            400,
            "The words of _text or _content cannot be searched for.",
            "Send words, \"phrases\", prefix* with at least three letters, AND, OR, NOT and brackets; docs/full-text.md shows them."),
    NOT_UNDERSTOOD(
            "SN-REQUEST-012",
            400,
            "The request is not one that this server can carry out.",
            "Correct what the diagnostics name; /fhir/metadata lists what each type takes."),
    VALIDATION_MALFORMED(
            "SN-REQUEST-013",
            400,
            "The validation is asked for in a form that is not taken.",
            "Send the resource, or Parameters with resource, mode and profile; modes delete and profile are for a stored record and take no resource."),
    MATCH_REQUEST(
            "SN-REQUEST-017",
            400,
            "Somebody is looked for in a form that is not taken.",
            "Correct what the diagnostics name; docs/matching.md lists what $match takes."),
    MERGE_REQUEST(
            "SN-MERGE-001",
            400,
            "A merge is asked for in a form that is not taken.",
            "Correct what the diagnostics name; docs/merging.md lists what $merge takes."),
    ERASURE_REQUEST(
            "SN-ERASURE-001",
            400,
            "An erasure, a legal hold or a restriction is asked for in a form that is not taken.",
            "Correct what the diagnostics name; docs/rights.md lists what $erase, $legal-hold and $restrict take."),
    BREAK_GLASS_REQUEST(
            "SN-BREAKGLASS-003",
            400,
            "A record is to be opened in an emergency, in a form that is not taken.",
            "Correct what the diagnostics name; docs/break-glass.md lists what $break-glass takes."),
    CONSENT_DECISION(
            "SN-CONSENT-003",
            400,
            "It is asked what Consents say, in a form that is not taken.",
            "Correct what the diagnostics name; docs/consent.md lists what $consent-decision takes."),
    SIGN_OFF_REQUEST(
            "SN-SIGNOFF-001",
            400,
            "A decision on a risk flag is sent in a form that is not taken.",
            "Correct what the diagnostics name; docs/sign-off.md lists what $sign-off takes."),
    SIGN_OFF_STATE(
            "SN-SIGNOFF-002",
            409,
            "The risk flag is not as it was looked at, or has been decided on.",
            "Read the Task and the flag that it names again, and decide on what they say now."),
    REPLAY_REQUEST(
            "SN-REPLAY-001",
            400,
            "A risk flag is to be computed again, in a form that is not taken.",
            "Correct what the diagnostics name; docs/risk-replay.md lists what $risk-replay takes."),
    SUBSCRIPTION_REQUEST(
            "SN-SUBSCRIPTION-003",
            400,
            "An operation on Subscriptions is called in a form that is not taken.",
            "Correct what the diagnostics name; docs/subscriptions.md lists what the operations take."),
    APPOINTMENT_REQUEST(
            "SN-APPOINTMENT-001",
            400,
            "An appointment is to be booked or changed, in a form that is not taken.",
            "Correct what the diagnostics name; docs/appointments.md lists what the operations take."),
    APPOINTMENT_SLOT(
            "SN-APPOINTMENT-002",
            409,
            "The time cannot be had.",
            "Search for free Slots again, and name one in the version that was found."),
    APPOINTMENT_STATE(
            "SN-APPOINTMENT-003",
            409,
            "The appointment is not as it was looked at, or cannot be changed any more.",
            "Read the Appointment again, and decide on what it says now."),
    APPOINTMENT_CALENDAR(
            "SN-APPOINTMENT-004",
            422,
            "Appointments of this patient cannot be booked in this calendar.",
            "A clinic books its own calendars. A patient books those of clinics in the care team that a Consent permits"
                    + " to have Appointments for treatment."),
    APPOINTMENT_OVERLAP(
            "SN-APPOINTMENT-005",
            409,
            "The patient has another appointment at this time.",
            "Choose another time, or send the parameter overlap=accepted when both are meant."),
    VIDEO_SERVICE(
            "SN-VIDEO-001",
            422,
            "No video service is configured, so there is no room to lead anybody to.",
            "Call the clinic. The operator sets sinusnode.video.url, to a host that the signed registry has for video."),
    VIDEO_CLOSED(
            "SN-VIDEO-002",
            409,
            "The room of the appointment is not open.",
            "Join a booked appointment between sinusnode.video.opens-before (15 minutes) before its start and its end."),
    VIDEO_NONE(
            "SN-VIDEO-003",
            422,
            "The appointment is no video consultation.",
            "Join one of whose HealthcareServices a characteristic says VR (v3-ActCode)."),
    VIDEO_PARTICIPANT(
            "SN-VIDEO-004",
            403,
            "The caller does not take part in the appointment.",
            "A clinician joins appointments of the own clinic: those that name the person, or nobody of the clinic."),
    QUESTION_REQUEST(
            "SN-QUESTION-001",
            400,
            "A question is asked in a form that is not taken.",
            "Correct what the diagnostics name; docs/triage.md lists what $ask takes."),
    QUESTION_CLINIC(
            "SN-QUESTION-002",
            422,
            "Nobody can be asked: nothing was stored. In an emergency call 112.",
            "Name a clinic of the care team that a Consent permits to have Communications and Tasks for treatment, or call it."),
    QUESTION_OTHER(
            "SN-QUESTION-003",
            409,
            "Another question is stored under this request id.",
            "Give a new question a request id of its own."),
    PLAN_REQUEST(
            "SN-PLAN-001",
            400,
            "A therapy plan is to be made or activated, in a form that is not taken.",
            "Correct what the diagnostics name; docs/therapy-plans.md lists what the operations take."),
    PLAN_PROGRAMME(
            "SN-PLAN-002",
            422,
            "No therapy plan can be made of the programme.",
            "Name an active PlanDefinition whose conditions and activities are those of docs/therapy-plans.md."),
    PLAN_NOT_APPLICABLE(
            "SN-PLAN-003",
            422,
            "The programme is not made for this patient.",
            "Choose another programme, or correct the record if it is wrong."),
    PLAN_STATE(
            "SN-PLAN-004",
            409,
            "The therapy plan is not as it was looked at, or is no draft any more.",
            "Read the plan again, and decide on what it says now."),
    PLAN_GOALS(
            "SN-PLAN-011",
            422,
            "Two goals of the therapy plan contradict each other.",
            "Change or cancel one of the two goals."),
    PLAN_DOSE(
            "SN-PLAN-012",
            422,
            "A dose of the therapy plan has no unit, or a unit and no number.",
            "Give the dose a number and a unit, in UCUM where there is one."),
    PLAN_OVERLAP(
            "SN-PLAN-013",
            422,
            "Medicines are prescribed at one time that are the same, do the same, or exclude each other.",
            "Stop one of the two prescriptions, or bound them in time."),
    PLAN_TRAINING(
            "SN-PLAN-014",
            422,
            "Training is planned that is not safe for the patient.",
            "Take the training out (status revoked, of an Appointment cancelled), or correct the record if it is wrong."),
    PLAN_QUESTION(
            "SN-PLAN-015",
            422,
            "A question of the therapy plan is open.",
            "Complete the Task, or take what it concerns and the Task out of the plan."),
    PLAN_PART(
            "SN-PLAN-016",
            422,
            "A part of the therapy plan cannot be read.",
            "Ask for the scopes, or take the reference out of the plan."),
    PLAN_WITHOUT_PROGRAMME(
            "SN-PLAN-017",
            422,
            "What the therapy plan was made of cannot be found.",
            "Ask about a plan whose instantiatesCanonical names a programme of the directory with its version."),
    PLAN_PROPOSAL(
            "SN-PLAN-018",
            422,
            "A proposed medicine of the therapy plan is not decided on.",
            "Prescribe it (status active, intent order or plan, with a dose), or decline it (status cancelled, or out of the plan)."),
    REMINDER_SETTINGS(
            "SN-REMINDER-001",
            400,
            "When a patient is reminded is said in a form that is not taken.",
            "Correct what the diagnostics name; docs/therapy-plans.md lists what $reminder-settings takes."),
    VERSION_MISMATCH(
            "SN-REQUEST-021",
            412,
            "The record is not in the version that If-Match names.",
            "Read the record again, make the change in the version that is there, and send that version's ETag."),
    SEVERAL_MATCHES(
            "SN-REQUEST-022",
            412,
            "The condition finds more than one record.",
            "Make the condition narrower, or name the record by its id."),
    PATCH_MALFORMED(
            "SN-REQUEST-023",
            400,
            "The body is no patch that can be read.",
            "Send a JSON Patch as application/json-patch+json, or Parameters of a FHIRPath Patch as application/fhir+json."),
    PATCH_FAILED(
            "SN-REQUEST-024",
            422,
            "An operation of the patch cannot be carried out on the record.",
            "Read the record, and correct the operation that the diagnostics name."),
    STILL_REFERENCED(
            "SN-REQUEST-025",
            409,
            "Another record refers to this one.",
            "Delete or change first what refers to it, or send both in one transaction."),
    ID_MISMATCH(
            "SN-REQUEST-026",
            400,
            "The id in the body is not that of the record which the condition finds.",
            "Leave the id out of the body, or name the record by its id in the path."),
    CHANGED_MEANWHILE(
            "SN-REQUEST-027",
            409,
            "The record was changed while the request was worked on.",
            "Send the request again."),
    CONTENT_TYPE(
            "SN-REQUEST-028",
            415,
            "The body is of a content type that this request does not take.",
            "Send application/fhir+json or application/fhir+xml; a patch also as application/json-patch+json."),
    NOT_ACCEPTABLE(
            "SN-REQUEST-029",
            406,
            "The answer cannot be given in a format that is asked for.",
            "Accept application/fhir+json or application/fhir+xml."),
    EVERYTHING_REQUEST(
            "SN-EVERYTHING-001",
            400,
            "A patient's record is asked for in a form that is not taken.",
            "Correct what the diagnostics name; docs/everything.md lists what $everything takes."),
    MEASUREMENTS_REQUEST(
            "SN-MEASUREMENTS-001",
            400,
            "Measurements are asked for in a form that is not taken.",
            "Correct what the diagnostics name; docs/measurements.md lists what $lastn, $stats and $trend take."),
    EXPORT_REQUEST(
            "SN-EXPORT-001",
            400,
            "The export is asked for in a form that is not taken.",
            "Correct what the diagnostics name; docs/bulk-export.md lists what an export takes."),
    EXPORT_UNKNOWN(
            "SN-EXPORT-002",
            404,
            "The client has no such export, or no such file in it.",
            "It may have expired or been cancelled; start a new export."),
    EXPORT_LIMIT(
            "SN-EXPORT-003",
            429,
            "As many exports of this client are under way as it may have at once.",
            "Wait until one has ended, or cancel one with DELETE on its status URL."),
    EXPORT_FULL(
            "SN-EXPORT-004",
            429,
            "The files of exports take all the room that they may have; no other one can start now.",
            "Try again later; delete exports that have been fetched."),
    EXPORT_FAILED(
            "SN-EXPORT-005",
            500,
            "The export could not be completed; none of its files is given out.",
            "Start it again; if it fails again, tell the operator the id of the job and the time."),
    IMPORT_REQUEST(
            "SN-IMPORT-001",
            400,
            "An import was asked for in a form that is not taken.",
            "Correct what the diagnostics name; docs/bulk-import.md lists what $import takes."),
    IMPORT_UNKNOWN(
            "SN-IMPORT-002",
            404,
            "No such import, or no such file of it, is known for this caller.",
            "It may have expired; start a new import, which stores nothing twice."),
    IMPORT_LIMIT(
            "SN-IMPORT-003",
            429,
            "As many imports of this client are under way as it may have at once.",
            "Wait until one has ended, or cancel one with DELETE on its status URL."),
    IMPORT_LINE(
            "SN-IMPORT-004",
            422,
            "A line of an imported file cannot be taken.",
            "Correct the line and import the file again; what is stored already is not stored twice."),
    IMPORT_CONTENT(
            "SN-IMPORT-005",
            409,
            "Another content is stored under the id or the identifier of the line.",
            "Give a new record an identifier of its own; correct a stored one by an update."),
    IMPORT_FAILED(
            "SN-IMPORT-006",
            500,
            "The file could not be read to its end.",
            "What was stored stays; correct what the problem names and import the file again."),
    JOB_RUN_REQUEST(
            "SN-JOB-001",
            400,
            "A job tells of its run in a form that is not taken.",
            "Correct what the diagnostics name; docs/job-runs.md lists what $job-run takes."),
    SERVER_FAULT(
            "SN-SERVER-001",
            500,
            "The server failed.",
            "Tell the operator the X-Request-Id of the answer, if it has one, and the time."),
    PARAMETER_PASSED_OVER(
            "SN-REQUEST-014",
            200,
            "A search parameter is not known and was passed over, as Prefer: handling=lenient asks.",
            "Correct its name, or leave it out; /metadata lists what each type takes."),
    AUTHORIZATION_SERVER_UNREACHABLE(
            "SN-SERVER-002",
            503,
            "The authorization server cannot be reached, so no token can be checked.",
            "Try again in a few seconds."),
    AUDIT_UNAVAILABLE(
            "SN-SERVER-003",
            503,
            "The audit cannot be written, so the request is not answered.",
            "Try again in a few seconds."),
    FULL_TEXT_BEHIND(
            "SN-TEXT-002",
            503,
            "The full text does not yet hold all that was written before this search.",
            "Send the search again after the seconds that Retry-After names."),
    TIME_OVER(
            "SN-SERVER-004",
            503,
            "The request took longer than the server works on one.",
            "Ask for less at once: name a patient, a shorter time, a smaller page.");

    private final String code;
    private final int status;
    private final String meaning;
    private final String remedy;

    RequestProblem(String code, int status, String meaning, String remedy) {
        this.code = code;
        this.status = status;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String meaning() {
        return meaning;
    }

    public String remedy() {
        return remedy;
    }
}
