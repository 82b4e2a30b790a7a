package eu.sinusnode.policy.minimisation;

import eu.sinusnode.policy.access.Purpose;

/** In which form records leave for a purpose (GDPR Art. 5(1)(c), 25): the one table, shown in docs/minimisation.md. */
public enum Delivery {
    /** As they are stored: who gets them has to know whose they are. */
    IDENTIFIED("records as they are stored, of those whom link and consent open"),
    /** Without what names a person, under names that only one recipient knows; by {@code $export} alone. */
    PSEUDONYMISED("records in the pseudonymised form, by `$export` alone"),
    /** No record of a patient: numbers, configuration, and the audit of who saw what. */
    NO_RECORDS("no patient's record: numbers, configuration, and the audit");

    private final String meaning;

    Delivery(String meaning) {
        this.meaning = meaning;
    }

    public static Delivery of(Purpose purpose) {
        return switch (purpose) {
            // The member's own settlement, the patient's own readings, one's own record: each is about a known person.
            case TREAT, HPAYMT, CAREMGT, PATRQT -> IDENTIFIED;
            case HRESCH -> PSEUDONYMISED;
            case HOPERAT, PATADMIN, HSYSADMIN -> NO_RECORDS;
        };
    }

    /** As a table's cell. */
    public String meaning() {
        return meaning;
    }
}
