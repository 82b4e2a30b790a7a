package eu.sinusnode.policy.validation.form;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.BackboneElement;
import org.hl7.fhir.r4.model.BackboneType;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;

/** What FHIR R4 has below one element, as the parser's own model knows it. */
final class Shape {

    /** What an element's value is made of. */
    enum Kind {
        /** Elements. */
        COMPLEX,
        /** A resource of any type. */
        RESOURCE,
        NARRATIVE,
        BOOLEAN,
        INTEGER,
        DECIMAL,
        BASE64,
        /** A code or an address: no blanks around it. */
        TOKEN,
        /** Of a resource. */
        ID,
        TEXT;

        boolean isPrimitive() {
            return ordinal() > NARRATIVE.ordinal();
        }
    }

    /**
     * One of the elements below.
     *
     * @param choice what the names of a choice have in common, e.g. {@code value}; null when it is none
     */
    record Child(@Nullable String choice, boolean repeats, Shape shape) {}

    private static final String EXTENSION = "extension";
    private static final String MODIFIER = "modifierExtension";

    private final Shapes shapes;
    private final BaseRuntimeElementDefinition<?> definition;
    private final Kind kind;
    private final Map<String, Child> children = new ConcurrentHashMap<>();

    Shape(Shapes shapes, BaseRuntimeElementDefinition<?> definition) {
        this.shapes = shapes;
        this.definition = definition;
        this.kind = kind(definition);
    }

    Kind kind() {
        return kind;
    }

    boolean isExtension() {
        return definition.getName().equals("Extension");
    }

    boolean isResource() {
        return is(Resource.class);
    }

    /** Whether an element says something by having this one: an id or an extension's address alone is nothing. */
    boolean says(String name) {
        return (!name.equals("id") || kind.isPrimitive()) && !(name.equals("url") && isExtension());
    }

    /** Null when the element has no such child. */
    @Nullable
    Child child(String name) {
        Child known = children.get(name);
        if (known == null) {
            known = find(name);
            // Names that there are not are not kept: a hostile body has many.
            if (known != null) {
                children.put(name, known);
            }
        }
        return known;
    }

    private @Nullable Child find(String name) {
        if (name.equals("id")) {
            return new Child(null, false, isResource() ? shapes.id() : shapes.text());
        }
        if (name.equals(EXTENSION)) {
            return !isResource() || is(DomainResource.class) ? new Child(null, true, shapes.extension()) : null;
        }
        if (name.equals(MODIFIER)) {
            return is(DomainResource.class) || is(BackboneElement.class) || is(BackboneType.class)
                    ? new Child(null, true, shapes.extension())
                    : null;
        }
        if (!(definition instanceof BaseRuntimeElementCompositeDefinition<?> composite) || kind != Kind.COMPLEX) {
            return null;
        }
        BaseRuntimeChildDefinition child = composite.getChildByName(name);
        BaseRuntimeElementDefinition<?> value = child == null ? null : child.getChildByName(name);
        if (value == null) {
            return null;
        }
        boolean isChoice = !name.equals(child.getElementName());
        return new Child(isChoice ? child.getElementName() : null, child.getMax() != 1, shapes.of(value));
    }

    private boolean is(Class<?> type) {
        return type.isAssignableFrom(definition.getImplementingClass());
    }

    private static Kind kind(BaseRuntimeElementDefinition<?> definition) {
        return switch (definition.getChildType()) {
            case RESOURCE, CONTAINED_RESOURCES, CONTAINED_RESOURCE_LIST ->
                definition instanceof RuntimeResourceDefinition ? Kind.COMPLEX : Kind.RESOURCE;
            case PRIMITIVE_XHTML, PRIMITIVE_XHTML_HL7ORG -> Kind.NARRATIVE;
            case ID_DATATYPE -> Kind.ID;
            case PRIMITIVE_DATATYPE -> primitive(definition.getImplementingClass());
            default -> Kind.COMPLEX;
        };
    }

    private static Kind primitive(Class<?> type) {
        if (BooleanType.class.isAssignableFrom(type)) {
            return Kind.BOOLEAN;
        } else if (IntegerType.class.isAssignableFrom(type)) {
            return Kind.INTEGER;
        } else if (DecimalType.class.isAssignableFrom(type)) {
            return Kind.DECIMAL;
        } else if (Base64BinaryType.class.isAssignableFrom(type)) {
            return Kind.BASE64;
        } else if (IdType.class.isAssignableFrom(type)) {
            return Kind.ID;
        }
        boolean token = CodeType.class.isAssignableFrom(type)
                || UriType.class.isAssignableFrom(type)
                || Enumeration.class.isAssignableFrom(type);
        return token ? Kind.TOKEN : Kind.TEXT;
    }
}
