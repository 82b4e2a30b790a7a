package eu.sinusnode.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.parser.IParser;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.SearchParameter;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * The conformance resources that SinusNode ships: profiles, extensions, terminology and search parameters. Read once from the
 * class path; the snapshots of the profiles are generated once, when the package is loaded (a second or so of CPU).
 */
public final class ProfilePackage {

    /** The folder of the package on the class path. Its file {@code index.txt} names every other file, one a line. */
    public static final String FOLDER = "eu/sinusnode/profiles/package/";

    private static final ClassPathFolder FILES = new ClassPathFolder(FOLDER);

    private final List<MetadataResource> resources;
    private final PrePopulatedValidationSupport validationSupport;

    private ProfilePackage(List<MetadataResource> resources, PrePopulatedValidationSupport validationSupport) {
        this.resources = List.copyOf(resources);
        this.validationSupport = validationSupport;
    }

    /** @throws IllegalStateException when a file of the package is missing, cannot be read or has no sound snapshot */
    public static ProfilePackage load(FhirContext fhirContext) {
        IParser parser = fhirContext.newJsonParser();
        List<MetadataResource> asShipped = new ArrayList<>();
        for (String file : FILES.index()) {
            asShipped.add((MetadataResource) parser.parseResource(FILES.read(file)));
        }
        List<MetadataResource> resources = withSnapshots(fhirContext, asShipped);
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

    private static List<MetadataResource> withSnapshots(FhirContext fhirContext, List<MetadataResource> asShipped) {
        // The generator compares a required binding with the one it narrows, and so needs both value sets expanded.
        ValidationSupportChain definitions = new ValidationSupportChain(
                new DefaultProfileValidationSupport(fhirContext),
                supportOf(fhirContext, asShipped),
                new InMemoryTerminologyServerValidationSupport(fhirContext),
                new CommonCodeSystemsTerminologyService(fhirContext));
        // One worker for all: a new one for each profile would convert every definition of R4 again.
        SnapshotGeneratingValidationSupport generator = new SnapshotGeneratingValidationSupport(
                fhirContext, new WorkerContextValidationSupportAdapter(definitions));
        ValidationSupportContext chain = new ValidationSupportContext(definitions);
        return asShipped.stream()
                .map(resource -> resource instanceof StructureDefinition profile
                        ? withSnapshot(generator, chain, profile)
                        : resource)
                .toList();
    }

    private static MetadataResource withSnapshot(
            SnapshotGeneratingValidationSupport generator,
            ValidationSupportContext chain,
            StructureDefinition profile) {
        StructureDefinition complete = (StructureDefinition)
                generator.generateSnapshot(chain, profile, profile.getUrl(), null, profile.getName());
        if (!complete.hasSnapshot()) {
            throw new IllegalStateException("No snapshot could be generated for " + profile.getUrl());
        }
        return complete;
    }

    private static PrePopulatedValidationSupport supportOf(FhirContext fhirContext, List<MetadataResource> resources) {
        PrePopulatedValidationSupport support = new PrePopulatedValidationSupport(fhirContext);
        resources.forEach(support::addResource);
        return support;
    }
}
