package eu.sinusnode.policy.minimisation;

import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;

/** Labels of {@code v3-ObservationValue} (HL7 Healthcare Privacy and Security Classification System) that say what was done to a record. */
final class PrivacyLabels {

    /** Identifying elements were replaced so that only a key leads back. */
    static final String PSEUDED = "PSEUDED";
    /** Told less exactly than others of its kind, because too few are like it. */
    static final String ABSTRED = "ABSTRED";

    private static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    private PrivacyLabels() {}

    static void label(Resource record, String code) {
        record.getMeta().addSecurity(new Coding(SYSTEM, code, null));
    }

    static boolean isGeneralised(Resource record) {
        return record.getMeta().getSecurity(SYSTEM, ABSTRED) != null;
    }
}
