package eu.sinusnode.server.export.delivery;

import ca.uhn.fhir.context.FhirContext;
import eu.sinusnode.policy.access.Caller;
import eu.sinusnode.policy.minimisation.Delivery;
import eu.sinusnode.policy.minimisation.PseudonymisedForm;
import eu.sinusnode.policy.minimisation.Pseudonyms;
import eu.sinusnode.server.export.file.StoredFile;
import eu.sinusnode.server.export.job.ExportJob;
import eu.sinusnode.server.export.job.ExportOrder.Pseudonymised;
import eu.sinusnode.server.keys.KeyPurpose;
import eu.sinusnode.server.keys.PurposeKeys;
import java.time.Year;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The form in which a file leaves, by the purpose of who fetches it: asked anew for each download. */
public final class DeliveredForms {

    private final FhirContext context;
    private final PurposeKeys keys;
    private final ZoneId zone;

    /** @param zone in which a year begins */
    public DeliveredForms(FhirContext context, PurposeKeys keys, ZoneId zone) {
        this.context = context;
        this.keys = keys;
        this.zone = zone;
    }

    /** @throws IllegalStateException when the export was not made for the form, or its key is gone: then nothing leaves */
    DeliveredForm of(Caller caller, ExportJob job, StoredFile file) {
        return switch (Delivery.of(caller.purpose())) {
            case IDENTIFIED -> identified(job, file);
            case PSEUDONYMISED -> new PseudonymisedLines(form(caller, job), file.deleted(), context);
            case NO_RECORDS -> throw new IllegalStateException("Nothing leaves for " + caller.purpose() + ".");
        };
    }

    private DeliveredForm identified(ExportJob job, StoredFile file) {
        Map<String, Set<String>> elements = job.order().elements();
        return file.deleted() || elements.isEmpty() ? DeliveredForm.IDENTIFIED : new ElementLines(context, elements);
    }

    private PseudonymisedForm form(Caller caller, ExportJob job) {
        Pseudonymised order = job.order().pseudonymised();
        if (order == null) {
            throw new IllegalStateException("The export was not made for the pseudonymised form.");
        }
        return keys.find(KeyPurpose.PSEUDONYM, order.key())
                .map(key -> Pseudonyms.of(
                        key.secret("HmacSHA256"), Objects.requireNonNull(caller.organizationId(), "organization")))
                .map(names -> new PseudonymisedForm(
                        names, Year.of(job.created().atZone(zone).getYear())))
                .orElseThrow(() -> new IllegalStateException("The key of the export's pseudonyms is gone."));
    }
}
