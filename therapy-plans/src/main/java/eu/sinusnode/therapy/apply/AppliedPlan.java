package eu.sinusnode.therapy.apply;

import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/**
 * A plan with the records that belong to it, not stored yet.
 *
 * @param parts by their part of the plan; each has an identifier of its own
 */
public record AppliedPlan(PlanOrder order, CarePlan plan, Map<String, Resource> parts) {

    /** Everything or nothing, and each record once: sent again, it finds what it has stored. The plan is the first entry. */
    public Bundle transaction() {
        Bundle transaction = new Bundle().setType(BundleType.TRANSACTION);
        add(transaction, "", plan);
        parts.forEach((part, record) -> add(transaction, part, record));
        return transaction;
    }

    private void add(Bundle transaction, String part, Resource record) {
        Identifier identifier = order.identifier(part);
        transaction
                .addEntry()
                .setFullUrl(order.placeholder(part))
                .setResource(record)
                .getRequest()
                .setMethod(HTTPVerb.POST)
                .setUrl(record.fhirType())
                .setIfNoneExist("identifier=" + identifier.getSystem() + "|" + identifier.getValue());
    }
}
