package eu.sinusnode.server.breakglass;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.policy.consent.Opening;
import eu.sinusnode.server.storage.Zone;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TimeZone;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * A Communication in the patient's own record: who has opened it, until when and why, in German and in English. It names
 * the organization and no person. The words stand in {@code PatientNotice_<tag>.properties}.
 */
class PatientNotice {

    private final IFhirResourceDao<Communication> communications;

    PatientNotice(IFhirResourceDao<Communication> communications) {
        this.communications = communications;
    }

    /** Stores it, in the transaction that is running. */
    AuditedRecord tell(Opening opening, String organizationId, String words) {
        Communication notice = new Communication().setStatus(CommunicationStatus.COMPLETED);
        Reference patient = new Reference("Patient/" + opening.patientId());
        notice.setSubject(patient);
        notice.addRecipient(patient);
        notice.setSender(new Reference("Organization/" + organizationId));
        DateTimeType sent = new DateTimeType(Date.from(opening.from()));
        sent.setTimeZone(TimeZone.getTimeZone(Zone.OF_DATES));
        notice.setSentElement(sent);
        for (Locale language : List.of(Locale.GERMAN, Locale.ENGLISH)) {
            notice.addPayload().setContent(new StringType(say(opening, words, language)));
        }
        IIdType stored = communications
                .create(notice, new SystemRequestDetails())
                .getId()
                .toUnqualified();
        return new AuditedRecord(opening.patientId(), "Communication", stored.getIdPart(), stored.getVersionIdPart());
    }

    static String say(Opening opening, String words, Locale language) {
        ResourceBundle texts = ResourceBundle.getBundle(
                PatientNotice.class.getName(),
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        DateTimeFormatter time = DateTimeFormatter.ofPattern(texts.getString("time"), language);
        return new MessageFormat(texts.getString("notice"), language).format(new Object[] {
            local(opening.from(), time),
            local(opening.until(), time),
            texts.getString("reason." + opening.reason()),
            words
        });
    }

    private static String local(Instant instant, DateTimeFormatter form) {
        return form.format(instant.atZone(Zone.OF_DATES));
    }
}
