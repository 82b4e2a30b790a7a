package eu.sinusnode.policy.minimisation;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/**
 * Resources with something in every element that FHIR's model has, so that what is to be left out is there: a canary in
 * each text, an exact date in each date. Codes and units are such as are left, so that texts beside them are tried too.
 */
final class FilledResources {

    static final String CANARY = "Canary-7f3a";
    static final String DAY = "2025-05-14";
    static final String ID = "0b9f3c1e-5d6a-5c3b-9f0e-1a2b3c4d5e6f";
    private static final int DEEPEST = 6;
    /** More than any choice has types. */
    private static final int CHOICES = 12;

    private final FhirContext context;
    private final boolean hostileCodes;

    /** @param hostileCodes whether codes, systems and units are canaries as well */
    FilledResources(FhirContext context, boolean hostileCodes) {
        this.context = context;
        this.hostileCodes = hostileCodes;
    }

    /** As many as a choice has types, so that each of them comes. */
    List<Resource> of(String type) {
        List<Resource> filled = new ArrayList<>();
        for (int choice = 0; choice < CHOICES; choice++) {
            Resource resource = (Resource) context.getResourceDefinition(type).newInstance();
            fill(resource, context.getResourceDefinition(type), choice, 0);
            resource.setId(type + "/" + ID + "/_history/3");
            ((DomainResource) resource).addContained(contained());
            filled.add(resource);
        }
        return filled;
    }

    private static Patient contained() {
        Patient patient = new Patient();
        patient.setId("contained");
        patient.addName().setFamily(CANARY);
        return patient;
    }

    private void fill(IBase element, BaseRuntimeElementDefinition<?> definition, int choice, int depth) {
        if (element instanceof Element some) {
            some.setId(CANARY);
            some.addExtension(new Extension("https://example.org/" + CANARY, new StringType(CANARY)));
        }
        if (element instanceof IPrimitiveType<?> primitive) {
            value(primitive, definition);
            return;
        }
        if (element instanceof Narrative narrative) {
            narrative.setStatus(Narrative.NarrativeStatus.GENERATED);
            narrative.setDivAsString("<div>" + CANARY + "</div>");
            return;
        }
        if (definition instanceof BaseRuntimeElementCompositeDefinition<?> composite && depth < DEEPEST) {
            for (BaseRuntimeChildDefinition child : composite.getChildren()) {
                child(element, child, choice, depth);
            }
        }
        known(element);
    }

    private void child(IBase parent, BaseRuntimeChildDefinition child, int choice, int depth) {
        if (Set.of("contained", "extension", "modifierExtension", "id").contains(child.getElementName())) {
            return;
        }
        List<String> names = new ArrayList<>(child.getValidChildNames());
        names.sort(String::compareTo);
        String name = names.get(child instanceof RuntimeChildChoiceDefinition ? choice % names.size() : 0);
        BaseRuntimeElementDefinition<?> definition = child.getChildByName(name);
        if (definition == null
                || definition.getImplementingClass().getSimpleName().equals("Resource")) {
            return;
        }
        IBase value = definition.newInstance(child.getInstanceConstructorArguments());
        fill(value, definition, choice, depth + 1);
        child.getMutator().addValue(parent, value);
    }

    private void value(IPrimitiveType<?> primitive, BaseRuntimeElementDefinition<?> definition) {
        String type = definition instanceof RuntimePrimitiveDatatypeDefinition ? definition.getName() : "code";
        if (primitive instanceof org.hl7.fhir.r4.model.Enumeration<?> code) {
            first(code);
            return;
        }
        switch (type) {
            case "boolean" -> primitive.setValueAsString("true");
            case "integer", "positiveInt", "unsignedInt" -> primitive.setValueAsString("7");
            case "decimal" -> primitive.setValueAsString("7.5");
            case "date" -> primitive.setValueAsString(DAY);
            case "dateTime", "instant" -> primitive.setValueAsString(DAY + "T13:27:41.123+02:00");
            case "time" -> primitive.setValueAsString("13:27:41");
            case "base64Binary" ->
                ((Base64BinaryType) primitive).setValue(CANARY.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            default -> primitive.setValueAsString(CANARY);
        }
    }

    private static void first(org.hl7.fhir.r4.model.Enumeration<?> code) {
        Object[] constants = code.getEnumFactory().getClass().getGenericInterfaces().length == 0
                ? new Object[0]
                : enumOf(code).getEnumConstants();
        if (constants.length > 0) {
            set(code, constants[0]);
        }
    }

    private static Class<?> enumOf(org.hl7.fhir.r4.model.Enumeration<?> code) {
        try {
            for (var method : code.getEnumFactory().getClass().getMethods()) {
                if (method.getName().equals("fromCode")
                        && method.getReturnType().isEnum()) {
                    return method.getReturnType();
                }
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("An enumeration of nothing.");
    }

    @SuppressWarnings("unchecked")
    private static void set(org.hl7.fhir.r4.model.Enumeration<?> code, Object value) {
        ((IPrimitiveType<Object>) (IPrimitiveType<?>) code).setValue(value);
    }

    /** Codes that are left, so that the texts beside them are put to the test. */
    private void known(IBase element) {
        if (element instanceof Reference reference) {
            reference.setReference("Patient/" + ID);
        }
        if (hostileCodes) {
            return;
        }
        if (element instanceof Coding coding) {
            coding.setSystem("http://loinc.org").setCode("8867-4");
        } else if (element instanceof Quantity quantity) {
            quantity.setSystem("http://unitsofmeasure.org").setCode("mm[Hg]");
        }
    }
}
