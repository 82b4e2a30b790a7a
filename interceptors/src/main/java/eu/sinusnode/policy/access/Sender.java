package eu.sinusnode.policy.access;

/**
 * To whom the identifiers of a record belong: who brought it. What a sender brings again is recognised, also where it may
 * not see it; what somebody else has brought under the same identifier is another record, of which a sender learns nothing.
 *
 * @param name stays the same for as long as a sender may bring something again, whichever client or token it uses
 */
public record Sender(String name) {

    /** What the server writes by itself. */
    public static final Sender SERVER = new Sender("server");

    /** Who acts for a patient as that patient; identifiers are kept by patient, so one name is enough. */
    private static final Sender PATIENT = new Sender("patient");

    private static final Sender LOADER = new Sender(CallerKind.ADMINISTRATOR.claim());

    /**
     * An Organization is one sender for each kind of client that it has, and each of its clinicians is one alone: a patient
     * can shut out a single person, who then must not learn what the clinic's systems have brought.
     */
    public static Sender of(Caller caller) {
        if (caller.kind() == CallerKind.ADMINISTRATOR) {
            return LOADER;
        }
        if (caller.kind().actsAsPatient()) {
            return PATIENT;
        }
        String organization = caller.kind().claim() + "/" + caller.organizationId();
        return new Sender(
                caller.kind() == CallerKind.CLINICIAN ? organization + "/" + caller.fhirUser() : organization);
    }

    /** Loading writes over any record and chooses ids, so it recognises what anybody has brought. */
    public boolean recognisesAll() {
        return equals(LOADER);
    }
}
