package eu.sinusnode.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.SearchParameter;

/**
 * The conformance resources that SinusNode ships: profiles, extensions, terminology and search parameters. Read once from the
 * class path, the profiles with the snapshots that were made when the module was built.
 */
public final class ProfilePackage {

    /** The folder of the package on the class path. Its file {@code index.txt} names every other file, one a line. */
    public static final String FOLDER = "eu/sinusnode/profiles/package/";

    static final ClassPathFolder FILES = new ClassPathFolder(FOLDER);

    private final List<MetadataResource> resources;
    private final PrePopulatedValidationSupport validationSupport;

    private ProfilePackage(List<MetadataResource> resources, PrePopulatedValidationSupport validationSupport) {
        this.resources = List.copyOf(resources);
        this.validationSupport = validationSupport;
    }

    /** @throws IllegalStateException when a file of the package is missing or cannot be read */
    public static ProfilePackage load(FhirContext fhirContext) {
        IParser parser = fhirContext.newJsonParser();
        List<MetadataResource> resources = new ArrayList<>();
        for (String file : FILES.index()) {
            ClassPathFolder folder = file.startsWith("StructureDefinition-") ? ProfileSnapshots.FILES : FILES;
            resources.add((MetadataResource) parser.parseResource(folder.read(file)));
        }
        return new ProfilePackage(resources, supportOf(fhirContext, resources));
    }

    /** The search parameters of the package alone: what R4 has no parameter for, and ISiK or the narrowing of searches asks for. */
    public static List<SearchParameter> searchParameters(FhirContext fhirContext) {
        IParser parser = fhirContext.newJsonParser();
        return FILES.index().stream()
                .filter(file -> file.startsWith("SearchParameter-"))
                .map(file -> parser.parseResource(SearchParameter.class, FILES.read(file)))
                .toList();
    }

    /** Every conformance resource of the package; the StructureDefinitions with differential and snapshot. */
    public List<MetadataResource> resources() {
        return resources;
    }

    /** To be put in a HAPI validation support chain, after R4's own definitions. */
    public PrePopulatedValidationSupport validationSupport() {
        return validationSupport;
    }

    private static PrePopulatedValidationSupport supportOf(FhirContext fhirContext, List<MetadataResource> resources) {
        PrePopulatedValidationSupport support = new PrePopulatedValidationSupport(fhirContext);
        resources.forEach(support::addResource);
        return support;
    }
}
