package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeChildExtension;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Resource;

/** Goes through a resource element by element, and adds to an element what R4 lets it have. */
final class ModelWalk {

    private ModelWalk() {}

    /** An element and where it stands, e.g. {@code Observation.code.coding}. */
    record Node(String path, IBase element) {}

    /** The resource and all that is below it, always in the same order. */
    static List<Node> walk(Resource resource) {
        List<Node> nodes = new ArrayList<>();
        walk(new Node(resource.fhirType(), resource), nodes);
        return nodes;
    }

    private static void walk(Node node, List<Node> nodes) {
        nodes.add(node);
        for (BaseRuntimeChildDefinition child : children(node.element())) {
            for (IBase value : child.getAccessor().getValues(node.element())) {
                walk(new Node(node.path() + "." + child.getElementName(), value), nodes);
            }
        }
    }

    static List<BaseRuntimeChildDefinition> children(IBase element) {
        BaseRuntimeElementDefinition<?> definition = definition(element);
        return definition instanceof BaseRuntimeElementCompositeDefinition<?> composite
                ? composite.getChildren()
                : List.of();
    }

    private static BaseRuntimeElementDefinition<?> definition(IBase element) {
        return element instanceof Resource resource
                ? SharedValidator.FHIR.getResourceDefinition(resource.fhirType())
                : SharedValidator.FHIR.getElementDefinition(element.getClass());
    }

    /** @return whether there was room for it */
    static boolean add(IBase parent, BaseRuntimeChildDefinition child, String name) {
        boolean ownTest = name.equals("contained") || child instanceof RuntimeChildExtension;
        if (ownTest
                || (child.getMax() == 1
                        && !child.getAccessor().getValues(parent).isEmpty())) {
            return false;
        }
        IBase value = child.getChildByName(name).newInstance(child.getInstanceConstructorArguments());
        assertThat(fill(value, 0) && !value.isEmpty()).as("content for " + name).isTrue();
        child.getMutator().addValue(parent, value);
        return true;
    }

    /** Gives the element some content, so that it counts as present. */
    private static boolean fill(IBase value, int depth) {
        if (value instanceof IPrimitiveType<?> primitive) {
            return fill(primitive);
        }
        if (value instanceof IBaseReference reference) {
            reference.setReference("Device/1");
            return true;
        }
        for (BaseRuntimeChildDefinition child : children(value)) {
            String name = child.getValidChildNames().iterator().next();
            if (depth < 3 && !(child instanceof RuntimeChildExtension)) {
                IBase inner = child.getChildByName(name).newInstance(child.getInstanceConstructorArguments());
                if (fill(inner, depth + 1)) {
                    child.getMutator().addValue(value, inner);
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean fill(IPrimitiveType<?> primitive) {
        for (String text : List.of("x1", "true", "1", "2026-05-04", "2026-05-04T10:00:00Z", "final", "official", "<")) {
            try {
                primitive.setValueAsString(text);
                return true;
            } catch (DataFormatException | IllegalArgumentException notOfThisType) {
                primitive.setValueAsString(null);
            }
        }
        return false;
    }
}
