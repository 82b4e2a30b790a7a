package eu.sinusnode.server.notice;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import eu.sinusnode.policy.audit.AuditedRecord;
import eu.sinusnode.server.storage.Zone;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/** Communications in patients' own records. Each comes from an organization and names no person. */
public class PatientNotices {

    private final IFhirResourceDao<Communication> communications;

    public PatientNotices(DaoRegistry daos) {
        this.communications = daos.getResourceDao(Communication.class);
    }

    /**
     * Stores one, in the transaction that is running.
     *
     * @param texts the same in each language
     */
    public AuditedRecord tell(String patientId, String organizationId, Instant sent, List<String> texts) {
        Communication notice = new Communication().setStatus(CommunicationStatus.COMPLETED);
        Reference patient = new Reference("Patient/" + patientId);
        notice.setSubject(patient);
        notice.addRecipient(patient);
        notice.setSender(new Reference("Organization/" + organizationId));
        DateTimeType time = new DateTimeType(Date.from(sent));
        time.setTimeZone(TimeZone.getTimeZone(Zone.OF_DATES));
        notice.setSentElement(time);
        texts.forEach(text -> notice.addPayload().setContent(new StringType(text)));
        IIdType stored = communications
                .create(notice, new SystemRequestDetails())
                .getId()
                .toUnqualified();
        return new AuditedRecord(patientId, "Communication", stored.getIdPart(), stored.getVersionIdPart());
    }
}
