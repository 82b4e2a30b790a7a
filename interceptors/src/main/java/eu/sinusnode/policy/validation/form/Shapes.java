package eu.sinusnode.policy.validation.form;

import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The shapes of FHIR R4, each made when it is first asked for. */
final class Shapes {

    private final FhirContext context;
    private final Set<String> resourceTypes;
    private final Map<BaseRuntimeElementDefinition<?>, Shape> known = new ConcurrentHashMap<>();

    Shapes(FhirContext context) {
        this.context = context;
        this.resourceTypes = Set.copyOf(context.getResourceTypes());
    }

    /** Null when FHIR R4 has no such type. */
    @Nullable
    Shape resource(String type) {
        return resourceTypes.contains(type) ? of(context.getResourceDefinition(type)) : null;
    }

    Shape of(BaseRuntimeElementDefinition<?> definition) {
        Shape shape = known.get(definition);
        return shape == null ? known.computeIfAbsent(definition, made -> new Shape(this, made)) : shape;
    }

    Shape extension() {
        return datatype("Extension");
    }

    Shape text() {
        return datatype("string");
    }

    Shape id() {
        return datatype("id");
    }

    private Shape datatype(String name) {
        return of(Objects.requireNonNull(context.getElementDefinition(name)));
    }
}
