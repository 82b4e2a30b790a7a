package eu.sinusnode.policy.minimisation;

import java.time.Year;
import java.util.Optional;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BackboneElement;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.jspecify.annotations.Nullable;

/**
 * A record as one recipient gets it without learning whose it is: what {@link PseudonymisedElements} name, as exact as
 * {@link CoarseValues} leave it, under {@link Pseudonyms}, and labelled {@code PSEUDED}.
 */
public final class PseudonymisedForm {

    private final Pseudonyms pseudonyms;
    private final CoarseValues values;
    private final Year today;

    /** @param today the year in which the ages of the eldest are reckoned */
    public PseudonymisedForm(Pseudonyms pseudonyms, Year today) {
        this.pseudonyms = pseudonyms;
        this.values = new CoarseValues(pseudonyms);
        this.today = today;
    }

    /** Empty for a record of which nothing is left that says anything; the record itself stays as it is. */
    public Optional<Resource> of(Resource record) {
        String type = record.fhirType();
        if (!PseudonymisedElements.types().contains(type)) {
            return Optional.empty();
        }
        Resource form = ResourceFactory.createResource(type);
        for (Property element : record.children()) {
            String name = name(element);
            if (PseudonymisedElements.isLeft(type, name)) {
                element.getValues().forEach(value -> add(form, element.getName(), type, name, value));
                if (PseudonymisedElements.isNeeded(type, name)
                        && form.getNamedProperty(name).getValues().isEmpty()) {
                    return Optional.empty();
                }
            }
        }
        form.setId(new IdType(type, pseudonyms.of(type, record.getIdElement().getIdPart())));
        PrivacyLabels.label(form, PrivacyLabels.PSEUDED);
        if (PrivacyLabels.isGeneralised(record)) {
            PrivacyLabels.label(form, PrivacyLabels.ABSTRED);
        }
        return Optional.of(form);
    }

    /** The name under which the recipient may know a record, {@code Type/id}; empty when none of the type leaves. */
    public Optional<String> name(String resourceType, String id) {
        return PseudonymisedElements.types().contains(resourceType)
                ? Optional.of(resourceType + "/" + pseudonyms.of(resourceType, id))
                : Optional.empty();
    }

    /** The recipient's id of a record. */
    public String id(String resourceType, String id) {
        return pseudonyms.of(resourceType, id);
    }

    private void add(Base form, String property, String type, String path, Base value) {
        if (value instanceof BackboneElement part) {
            addPart(form, property, type, path, part);
        } else {
            Optional<? extends Base> left =
                    switch (type + "." + path) {
                        case "Patient.birthDate" -> birthYear(value);
                        case "Patient.deceased" -> Optional.of(new BooleanType(isDeceased(value)));
                        case "Patient.address" ->
                            Optional.of(Coarsening.region((Address) value)).filter(region -> !region.isEmpty());
                        default -> values.of(value);
                    };
            left.ifPresent(some -> form.setProperty(property, some));
        }
    }

    private void addPart(Base form, String property, String type, String path, BackboneElement part) {
        @Nullable Base added = null;
        for (Property element : part.children()) {
            String below = path + "." + name(element);
            if (PseudonymisedElements.isLeft(type, below)) {
                for (Base value : element.getValues()) {
                    if (added == null) {
                        added = form.addChild(property);
                    }
                    add(added, element.getName(), type, below, value);
                }
            }
        }
    }

    private Optional<DateType> birthYear(Base value) {
        return Coarsening.birthYear(value.primitiveValue(), today)
                .map(year -> new DateType(String.valueOf(year.getValue())));
    }

    private static boolean isDeceased(Base value) {
        return !(value instanceof BooleanType told) || told.booleanValue();
    }

    private static String name(Property element) {
        return element.getName().replace("[x]", "");
    }
}
