package eu.sinusnode.profiles.packages;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives HAPI's validator the definitions of the packages, each parsed when it is asked for; what was asked for once, the
 * validator keeps. It is not asked for lists of them: nothing that is checked here needs one.
 */
final class PackageSupport implements IValidationSupport {

    private final FhirContext context;
    private final Map<String, PackagedDefinition> byTypeAndUrl;

    PackageSupport(FhirContext context, Map<String, PackagedDefinition> byTypeAndUrl) {
        this.context = context;
        this.byTypeAndUrl = byTypeAndUrl;
    }

    static String key(String type, String url) {
        return type + " " + url;
    }

    /** @throws PackageException when it is well-formed JSON but not what R4 says of its type */
    static MetadataResource parse(FhirContext context, PackagedDefinition definition) {
        try {
            return (MetadataResource)
                    context.newJsonParser().parseResource(new ByteArrayInputStream(definition.json()));
        } catch (DataFormatException | ClassCastException e) {
            throw new PackageException(
                    "In the FHIR package " + definition.source()
                            + " is not a definition that R4 allows. Fetch the package again, or take it out of the folder.",
                    e);
        }
    }

    @Override
    public FhirContext getFhirContext() {
        return context;
    }

    @Override
    public String getName() {
        return "FHIR packages of others";
    }

    @Override
    public @Nullable IBaseResource fetchStructureDefinition(String url) {
        return fetch("StructureDefinition", url);
    }

    @Override
    public @Nullable IBaseResource fetchCodeSystem(String system) {
        return fetch("CodeSystem", system);
    }

    @Override
    public @Nullable IBaseResource fetchValueSet(String url) {
        return fetch("ValueSet", url);
    }

    @Override
    public <T extends IBaseResource> @Nullable T fetchResource(@Nullable Class<T> type, String url) {
        if (type == StructureDefinition.class || type == CodeSystem.class || type == ValueSet.class) {
            return type.cast(fetch(type.getSimpleName(), url));
        }
        return null;
    }

    @Override
    public boolean isCodeSystemSupported(ValidationSupportContext chain, String system) {
        return find("CodeSystem", system) != null;
    }

    @Override
    public boolean isValueSetSupported(ValidationSupportContext chain, String url) {
        return find("ValueSet", url) != null;
    }

    private @Nullable IBaseResource fetch(String type, String canonical) {
        PackagedDefinition definition = find(type, canonical);
        return definition == null ? null : parse(context, definition);
    }

    /** @param canonical a URL, or {@code url|version} for that version alone */
    private @Nullable PackagedDefinition find(String type, @Nullable String canonical) {
        if (canonical == null) {
            return null;
        }
        int bar = canonical.indexOf('|');
        PackagedDefinition definition = byTypeAndUrl.get(key(type, bar < 0 ? canonical : canonical.substring(0, bar)));
        boolean otherVersion =
                definition != null && bar >= 0 && !definition.version().equals(canonical.substring(bar + 1));
        return otherVersion ? null : definition;
    }
}
